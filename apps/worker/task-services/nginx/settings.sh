settings() {
  put etc/nginx/nginx.conf <<EOF
# server $(json "${1:-node}")
events {}
http { server { listen 80; root $root/srv/www; } }
EOF
  [ -f "srv/www/index.html" ] || put srv/www/index.html <<EOF
<!doctype html><title>It works</title><p>This page is served by a stand-in.
EOF
}
