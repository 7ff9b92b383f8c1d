import '../../stacks/fast-tokens';
import { DOCKER_CATALOG } from '../fixtures/docker-catalog';
import { temporaryFolder } from '../support/catalog-folder';
import { expectGolden } from '../support/golden';
import { addresses, only, type Synthesized } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';

const LOCK = `version: 1
stacks:
  lab-nodes-old-x: { kind: docker-nodes, provider: docker, host: ssh://root@10.0.2.30:22, jump: admin@10.0.2.2:22, backend: local }
`;

function stacksOf(text: string): Readonly<Record<string, Synthesized>> {
  return synthesizedCatalog(temporaryFolder({ 'lab.yml': text, 'lab.lock.yml': LOCK }), ['lab']).stacks;
}

it('synthesizes a stack for each host to golden files', () => {
  const stacks = stacksOf(DOCKER_CATALOG);
  expect(Object.keys(stacks).sort()).toEqual([
    'lab-nodes-local-here',
    'lab-nodes-more-here',
    'lab-nodes-old-x',
    'lab-nodes-web-10-0-2-41',
    'lab-nodes-workers-a',
    'lab-nodes-workers-b',
  ]);
  for (const [id, stack] of Object.entries(stacks))
    expectGolden(`docker-${id}.golden.json`, `${JSON.stringify(stack, null, 2)}\n`);
});

it('keeps every resource address: a change here replaces real containers, and volumes with all that is in them', () => {
  const list = Object.entries(stacksOf(DOCKER_CATALOG)).flatMap(([id, stack]) =>
    addresses(stack).map((address) => `${id} ${address}`),
  );
  expectGolden('docker-addresses.golden.json', `${JSON.stringify(list.sort(), null, 2)}\n`);
});

it('changes nothing of the other nodes where a host is added or removed', () => {
  const { 'lab-nodes-workers-b': _, ...others } = stacksOf(DOCKER_CATALOG);
  const one = stacksOf(DOCKER_CATALOG.replace('      b: { address: 10.0.2.32 }\n', ''));
  expect(one).toEqual(others);
});

it('has what is gone destroyed on the host that the lock file remembers', () => {
  const { resource, provider } = stacksOf(DOCKER_CATALOG)['lab-nodes-old-x'] as Synthesized;
  expect({ resource, provider }).toEqual({
    provider: {
      docker: [{ host: 'ssh://root@10.0.2.30:22', ssh_opts: ['-F', '../../../out/lab/ssh/config'] }],
    },
  });
});

it('gives a base container what the controller wants it to know', () => {
  const { env, network_mode: network } = only(
    stacksOf(DOCKER_CATALOG)['lab-nodes-workers-b'] as Synthesized,
    'docker_container',
  );
  const key = DOCKER_CATALOG.match(/ssh-ed25519 [^']*/)?.[0];
  expect({ env, network }).toEqual({
    env: [
      'MY_PRIVATE_IP=10.0.2.32',
      'VCCCTR_IPADDR=10.0.2.15',
      'SERF_NODE_ID=workers-b',
      `AUTHORIZED_KEYS=${Buffer.from(`${key}\n`).toString('base64')}`,
      'NFS_AUTOSTART=true',
      'A=$${b}',
    ],
    network: 'host',
  });
});
