#!/bin/sh
# The stand-in's process: reads its settings and its page, as a web server would at a request.
. "$(dirname "$0")/../lib.sh"
work() {
  if [ -f "etc/nginx/nginx.conf" ] && [ -f "srv/www/index.html" ]; then
    printf 'ready, page of %s bytes\n' "$(wc -c < "srv/www/index.html" | tr -d ' ')" > "$home/status"
  else
    printf 'without settings or page\n' > "$home/status"
  fi
}
serve "${1:?}"
