import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AZURE_NODE } from '../../nodes/azure/azure-node';
import { firewallFile } from '../../nodes/firewall';
import { describeWith } from '../support/programs';
import { sampleNode } from './sample-node';

/** The lines of a chain, without its first one, or none where it is not there. */
function chain(name: string, changes: Parameters<typeof sampleNode>[0] = {}): readonly string[] {
  const { text } = firewallFile(sampleNode(changes));
  const [, body = ''] = new RegExp(`chain ${name} \\{\\n(.*?)\\n {2}\\}`, 's').exec(text) ?? [];
  return body
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

it('lets containers of their own reach the metadata service only where two hops are declared', () => {
  expect(chain('forward')).toEqual([
    'ip daddr 169.254.169.254 counter drop',
    'ip6 daddr fd00:ec2::254 counter drop',
  ]);
  expect(chain('forward', { metadataHops: 2 })).toEqual([]);
  expect(chain('output', { metadataHops: 2 })).toHaveLength(2);
});

it("keeps what Azure's agent asks for to root, and not the resolver at the same address", () => {
  expect(chain('output', { cloud: AZURE_NODE })).toEqual([
    'meta skuid != 0 ip daddr 169.254.169.254 counter drop',
    'meta skuid != 0 ip daddr 168.63.129.16 tcp dport { 80, 32526 } counter drop',
  ]);
});

it('says nothing about a port of Docker where there is no container', () => {
  expect(chain('input')).toHaveLength(2);
  expect(chain('input', { container: undefined })).toEqual([]);
});

describeWith('nft', 'the kernel', () => {
  const run = process.getuid?.() === 0 && existsSync('/usr/bin/setpriv') ? it : it.skip;

  run(
    'gives the metadata service to root alone, and the port of Docker to the controller alone',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'kakehashi-firewall-'));
      writeFileSync(join(folder, 'rules.nft'), firewallFile(sampleNode()).text);
      // A network of its own, in which this machine is also the metadata service, the controller and another node.
      const script = `
set -eu
ip link set lo up
for address in 169.254.169.254 10.0.2.15 172.30.2.7 172.30.2.8; do ip address add $address/32 dev lo; done
nft -f ${folder}/rules.nft
nft -f ${folder}/rules.nft
for port in 80 2375; do
  python3 -m http.server --bind 0.0.0.0 --directory ${folder} $port >/dev/null 2>&1 &
done
reaches() { curl -so /dev/null --noproxy '*' --max-time 1 "$@" && echo yes || echo no; }
for try in 1 2 3 4 5 6 7 8 9 10; do
  [ "$(reaches http://127.0.0.1:80/)" = no ] || [ "$(reaches --interface 10.0.2.15 http://172.30.2.7:2375/)" = no ] || break
  sleep 0.3
done
echo "root: $(reaches http://169.254.169.254/)"
echo "another user: $(setpriv --reuid 1000 --clear-groups bash -c "$(declare -f reaches); reaches http://169.254.169.254/")"
echo "another user elsewhere: $(setpriv --reuid 1000 --clear-groups bash -c "$(declare -f reaches); reaches http://172.30.2.8/")"
echo "the controller: $(reaches --interface 10.0.2.15 http://172.30.2.7:2375/)"
echo "another node: $(reaches --interface 172.30.2.8 http://172.30.2.7:2375/)"
echo "the node itself: $(reaches --interface 172.30.2.7 http://172.30.2.7:2375/)"
kill %1 %2
`;
      const said = execFileSync('unshare', ['-npf', '--kill-child', 'bash', '--norc', '-c', script], {
        encoding: 'utf8',
        timeout: 30_000,
      });
      rmSync(folder, { recursive: true });
      expect(said.trim().split('\n')).toEqual([
        'root: yes',
        'another user: no',
        'another user elsewhere: yes',
        'the controller: yes',
        'another node: no',
        'the node itself: no',
      ]);
    },
    40_000,
  );
});
