#!/bin/bash
# boot-machine.sh FOLDER SECONDS: an emulated machine with Debian's kernel, because that of a test machine may have no ESP, VTI or
# XFRM interfaces. Its root folder is the unpacked Debian 12, read-only with a memory disk over it; it reads and writes FOLDER, runs
# each FOLDER/scenarios/NAME/run there, all at a time, and ends. No network card, no disk, nothing of this machine but those two folders.
#
# $releases: the folder of what .ci/install-gateway-tools unpacked.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
kernel=${releases:?}/linux-image-amd64
version=$(basename "$kernel"/lib/modules/*)

initrd=$folder/initrd
mkdir -p "$initrd/bin" "$initrd/modules" "$initrd/proc" "$initrd/tools" "$initrd/disk" "$initrd/new"
cp "$(command -v busybox)" "$initrd/bin/busybox"
cp "$here/machine-initrd.sh" "$initrd/init"
chmod 755 "$initrd/init"
# In the order in which they need each other.
number=100
for module in virtio_pci 9pnet_virtio 9p overlay; do
  modprobe -d "$kernel" -S "$version" --show-depends "$module"
done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' | while read -r file; do
  cp "$file" "$initrd/modules/$number-$(basename "$file")"
  number=$((number + 1))
done
(cd "$initrd" && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1) >"$folder/initrd.gz"

exec timeout -s KILL "$2" qemu-system-x86_64 -accel tcg,thread=multi -cpu Westmere -smp 2 -m 2048 \
  -kernel "$kernel/vmlinuz" -initrd "$folder/initrd.gz" -append 'console=ttyS0 quiet panic=-1 mitigations=off' \
  -virtfs "local,path=$releases,mount_tag=tools,security_model=none,readonly=on,multidevs=remap" \
  -virtfs "local,path=$folder,mount_tag=lab,security_model=none,multidevs=remap" \
  -display none -monitor none -serial "file:$folder/console" -no-reboot -nic none
