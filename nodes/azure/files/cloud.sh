# shellcheck shell=bash
# Azure, for node.sh: the metadata service, tokens of the node's managed identity, REST.
# Needs python3, which cloud-init itself needs. KAKEHASHI_METADATA and KAKEHASHI_ENDPOINT are for tests alone.
metadata=${KAKEHASHI_METADATA:-http://169.254.169.254}

# Seconds that processes get between an eviction's notice and its end (at least 30 s after it).
notice_grace=20

# A value of the metadata service, below /metadata, with its query.
metadata_value() {
  curl -fsS --noproxy '*' --max-time 10 -H 'Metadata: true' "$metadata/metadata/$1"
}

# with_token AUDIENCE [curl's options]: a request with a token of the node's identity.
# The token goes in by standard input: arguments are for everybody to read.
with_token() {
  local audience=$1 token
  shift
  token=$(metadata_value "identity/oauth2/token?api-version=2018-02-01&resource=$audience") || return
  printf '%s' "$token" | python3 -c '
import json, sys
print("header = \"Authorization: Bearer %s\"" % json.load(sys.stdin)["access_token"])
' | curl -sS --fail-with-body --max-time 60 -K - "$@"
}

# Prints a secret of Key Vault, given as https://VAULT.vault.azure.net/secrets/NAME.
cloud_secret() {
  local url=$1 answer
  [ -z "${KAKEHASHI_ENDPOINT:-}" ] || url=$KAKEHASHI_ENDPOINT/${1#https://*/}
  answer=$(with_token https%3A%2F%2Fvault.azure.net "$url?api-version=7.4") || {
    echo "secret $1: $answer" >&2
    return 1
  }
  printf '%s' "$answer" | python3 -c 'import json, sys; sys.stdout.write(json.load(sys.stdin)["value"])'
}

# A machine that only shut down is still billed: it deallocates itself. Its runbook deletes it with the lease.
cloud_end_node() {
  local id answer
  id=$(metadata_value 'instance/compute/resourceId?api-version=2021-02-01&format=text') || return
  answer=$(with_token https%3A%2F%2Fmanagement.azure.com%2F -X POST -H 'Content-Length: 0' \
    "${KAKEHASHI_ENDPOINT:-https://management.azure.com}$id/deallocate?api-version=2024-07-01") || {
    echo "deallocate: $answer" >&2
    return 1
  }
}

# The name of this node at its cloud.
cloud_node_name() {
  metadata_value 'instance/compute/name?api-version=2021-02-01&format=text'
}

# Prints `end ...` where the cloud is about to take this node, `hint ...` for other events of this node, else nothing.
cloud_notice() {
  local name events
  name=$(cloud_node_name) || return
  events=$(metadata_value 'scheduledevents?api-version=2020-07-01') || return
  printf '%s' "$events" | NODE_NAME=$name python3 -c '
import json, os, sys
events = [e for e in json.load(sys.stdin)["Events"] if os.environ["NODE_NAME"] in e["Resources"]]
events.sort(key=lambda e: e["EventType"] not in ("Preempt", "Terminate"))
for e in events[:1]:
    kind = "end" if e["EventType"] in ("Preempt", "Terminate") else "hint"
    print("%s scheduled event: %s %s %s" % (kind, e["EventType"], e["EventStatus"], e["NotBefore"]))
'
}

# Prints the block device of the data disk at a LUN, given as lunN (udev rules of the Azure agent, and of azure-vm-utils for NVMe).
cloud_disk() {
  local device
  for device in "/dev/disk/azure/scsi1/$1" "/dev/disk/azure/data/by-lun/${1#lun}"; do
    if [ -b "$device" ]; then
      readlink -f "$device"
      return
    fi
  done
  return 1
}
