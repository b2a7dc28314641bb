settings() {
  put etc/cni/net.d/05-cilium.conflist <<EOF
{"cniVersion":"0.3.1","name":"cilium","node":"$(json "${1:-node}")","plugins":[{"type":"cilium-cni"}]}
EOF
}
