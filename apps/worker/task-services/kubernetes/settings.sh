settings() {
  put etc/kubernetes/kubelet.conf <<EOF
{"kind":"KubeletConfiguration","nodeName":"$(json "${1:-node}")","role":"$(json "${2:-worker}")"}
EOF
}
