# shellcheck shell=bash
# AWS, for node.sh: the metadata service (IMDSv2), the instance role's credentials, signed requests.
# Needs curl 7.88 or newer for --aws-sigv4 with a session token, and python3, which cloud-init itself needs.
# KAKEHASHI_METADATA and KAKEHASHI_ENDPOINT are for tests alone.
metadata=${KAKEHASHI_METADATA:-http://169.254.169.254}

# Seconds that processes get between an interruption's notice and its end (two minutes after it).
notice_grace=60

metadata_token() {
  curl -fsS --noproxy '*' --max-time 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/latest/api/token"
}

# A value of the metadata service.
metadata_value() {
  local token
  token=$(metadata_token) || return
  curl -fsS --noproxy '*' --max-time 5 -H "X-aws-ec2-metadata-token: $token" "$metadata/latest/meta-data/$1"
}

# A value that may be absent: prints nothing for 404, fails for any other failure.
metadata_optional() {
  local token answer
  token=$(metadata_token) || return
  answer=$(curl -sS --noproxy '*' --max-time 5 -w '\n%{http_code}' -H "X-aws-ec2-metadata-token: $token" \
    "$metadata/latest/meta-data/$1") || return
  case ${answer##*$'\n'} in
    200) printf '%s\n' "${answer%$'\n'*}" ;;
    404) ;;
    *) return 22 ;;
  esac
}

# signed SERVICE REGION URL [curl's options]: a request with the instance role's signature.
# The key goes in by standard input: arguments are for everybody to read.
signed() {
  local service=$1 region=$2 url=$3 role credentials
  shift 3
  role=$(metadata_value iam/security-credentials/) || return
  credentials=$(metadata_value "iam/security-credentials/${role%%$'\n'*}") || return
  printf '%s' "$credentials" | python3 -c '
import json, sys
key = json.load(sys.stdin)
print("user = \"%s:%s\"" % (key["AccessKeyId"], key["SecretAccessKey"]))
print("header = \"x-amz-security-token: %s\"" % key["Token"])
' | curl -sS --fail-with-body --max-time 60 --aws-sigv4 "aws:amz:$region:$service" -K - "$@" "$url"
}

# The host of a service in a region, by the domain of this partition.
service_url() {
  local domain
  domain=$(metadata_value services/domain) || return
  echo "${KAKEHASHI_ENDPOINT:-https://$1.$2.$domain}"
}

# Prints a secret of Secrets Manager, given by name or ARN.
cloud_secret() {
  local region url answer
  case $1 in
    arn:*) region=$(printf '%s' "$1" | cut -d: -f4) ;;
    *) region=$(metadata_value placement/region) || return ;;
  esac
  url=$(service_url secretsmanager "$region") || return
  answer=$(signed secretsmanager "$region" "$url/" -H 'Content-Type: application/x-amz-json-1.1' \
    -H 'X-Amz-Target: secretsmanager.GetSecretValue' --data-binary "{\"SecretId\":\"$1\"}") || {
    echo "secret $1: $answer" >&2
    return 1
  }
  printf '%s' "$answer" | python3 -c 'import json, sys; sys.stdout.write(json.load(sys.stdin)["SecretString"])'
}

# cloud_object REGION BUCKET KEY FILE: downloads an object of S3.
cloud_object() {
  local url
  url=$(service_url "$2.s3" "$1") || return
  signed s3 "$1" "$url/$3" -H "x-amz-content-sha256: $(sha256sum </dev/null | cut -d' ' -f1)" \
    --max-time 3600 -o "$4"
}

# An instance of its own is terminated when it shuts down; one of a group must tell the group, which would replace it.
cloud_end_node() {
  local region instance url answer
  if [ "$KIND" = fixed ]; then
    shutdown -h now
    return
  fi
  region=$(metadata_value placement/region) || return
  instance=$(metadata_value instance-id) || return
  url=$(service_url autoscaling "$region") || return
  answer=$(signed autoscaling "$region" "$url/" -H 'Content-Type: application/x-www-form-urlencoded' --data-binary \
    "Action=TerminateInstanceInAutoScalingGroup&InstanceId=$instance&ShouldDecrementDesiredCapacity=true&Version=2011-01-01") || {
    echo "autoscaling: $answer" >&2
    return 1
  }
}

# The name of this node at its cloud.
cloud_node_name() {
  metadata_value instance-id
}

# Prints `end ...` where the cloud is about to take this node, `hint ...` where that has become likely, else nothing.
cloud_notice() {
  local action hint
  action=$(metadata_optional spot/instance-action) || return
  if [ -n "$action" ]; then
    echo "end spot interruption: $action"
    return
  fi
  hint=$(metadata_optional events/recommendations/rebalance) || return
  [ -z "$hint" ] || echo "hint rebalance recommendation: $hint"
}

# Prints the block device of a volume that is attached as /dev/sdX: on NVMe its controller knows that name.
cloud_disk() {
  local name=${1#/dev/} device
  for device in "/dev/$name" "/dev/xvd${name#sd}"; do
    if [ -b "$device" ]; then
      echo "$device"
      return
    fi
  done
  for device in /dev/nvme[0-9]*n1; do
    if [ -b "$device" ] && [ "$(nvme_attachment "$device")" = "$name" ]; then
      echo "$device"
      return
    fi
  done
  return 1
}

# The name under which an EBS volume is attached: 32 bytes at 3072 of the answer to "identify controller" (EC2 user guide, "NVMe").
nvme_attachment() {
  python3 - "$1" <<'PYTHON'
import ctypes, fcntl, struct, sys
answer = ctypes.create_string_buffer(4096)
command = bytearray(72)
struct.pack_into("=B", command, 0, 0x06)
struct.pack_into("=Q", command, 24, ctypes.addressof(answer))
struct.pack_into("=I", command, 36, 4096)
struct.pack_into("=I", command, 40, 1)
with open(sys.argv[1], "rb") as device:
    fcntl.ioctl(device, 0xC0484E41, command)
name = answer.raw[3072:3104].split(b"\0")[0].decode().strip()
print(name[5:] if name.startswith("/dev/") else name)
PYTHON
}
