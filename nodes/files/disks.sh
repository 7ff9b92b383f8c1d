#!/bin/bash
# Formats empty disks and mounts them. Run once, at the first boot; later boots have them in /etc/fstab.
# /etc/kakehashi/disks has a line for each: `DEVICE MOUNT`, with the cloud's name of the device.
set -euo pipefail
# shellcheck source=node.sh
. "${KAKEHASHI_ROOT:-}/usr/local/lib/kakehashi/node.sh"
pause=${KAKEHASHI_PAUSE:-5}

while read -r name mount <&3; do
  # A disk is attached after the node has started. The boot time-out is the end of the waiting.
  until device=$(cloud_disk "$name"); do sleep "$pause"; done
  found=0
  blkid -p "$device" >/dev/null || found=$?
  case $found in
    0) say "$name ($device) has something on it and is not formatted" ;;
    2)
      say "formats $name ($device)"
      mkfs.ext4 -q "$device"
      ;;
    *)
      say "$name ($device): blkid ended with $found"
      exit 1
      ;;
  esac
  uuid=$(blkid -p -s UUID -o value "$device")
  mkdir -p "$root$mount"
  grep -q "^UUID=$uuid " "$root/etc/fstab" || echo "UUID=$uuid $mount auto defaults,nofail 0 2" >>"$root/etc/fstab"
  mount "$root$mount"
  say "$mount is $name ($device)"
done 3<"$etc/disks"
