# What the emulated machine does (boot-machine.sh).
# shellcheck shell=bash
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t devtmpfs devtmpfs /dev
exec >/dev/console 2>&1 </dev/null
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /tmp
mkdir -p /lib/modules
ln -s "/tools/linux-image-amd64/lib/modules/$(uname -r)" "/lib/modules/$(uname -r)"
# What the daemons' units load before they start them; the kernel finds the rest by itself.
modprobe -a veth tun ip_vti esp4 xfrm_user xfrm_interface af_key

# The machine has no namespaces yet: one for all scenarios, so that those of the places are children of it.
export releases=/tools
# Whoever waits asks less often: the programs that ask are most of what an emulated processor does meanwhile.
export pause=1
for scenario in /lab/scenarios/*; do
  name=$(basename "$scenario")
  mkdir -p "/run/$name" "$scenario/seen"
  world=/run/$name plan=$scenario/plan seen=$scenario/seen bash "$scenario/run" &
done
wait
echo 'all scenarios have ended'
sync
echo o >/proc/sysrq-trigger
sleep 10
