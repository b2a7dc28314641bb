settings() {
  put etc/redis/redis.conf <<EOF
# server $(json "${1:-node}")
appendonly yes
dir $root/var/lib/redis
EOF
}
