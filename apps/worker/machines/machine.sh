# The process of a server that is a folder of this machine: sh machine.sh <folder> <token>
# It says each second that it lives, and ends when its server is gone or somebody else is its process now.
set -u
folder=$1
token=$2
cd / || exit 1
trap 'exit 0' TERM INT HUP
while { read -r owner < "$folder/machine/owner"; } 2> /dev/null && [ "$owner" = "$token" ]; do
  printf '%s\n' "$token" 2> /dev/null > "$folder/machine/alive" || exit 0
  sleep 1
done
