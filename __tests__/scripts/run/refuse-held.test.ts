import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Loaded } from '../../../catalog/environment/catalog';
import { refuseHeld } from '../../../scripts/run/refuse-held';
import { tryLoad } from '../../catalog/folder-of';
import { temporaryFolder } from '../../support/catalog-folder';
import { sessionIn } from '../../support/session';

const CATALOG = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
hubs: { main: { aws_region: ap-northeast-1, create: {} } }
aws:
  default:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, egress: none, vpn: { gateway: transit, hub: main } }
  own:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.29.2.0/24
    create: { vpc_cidr: 172.29.0.0/16, egress: none, vpn: none }
`;
const LOCK = `version: 1
stacks:
  dev-hub-main: { kind: aws-hub, provider: aws, region: ap-northeast-1, backend: local }
  dev-aws-old: { kind: aws-network, provider: aws, region: ap-northeast-1, backend: local }
`;
const { loaded } = tryLoad({ 'dev.yml': CATALOG, 'dev.lock.yml': LOCK });

/** Destroys the stacks that are chosen, where the states of some exist. */
function destroying(chosen: readonly string[], applied: readonly string[]) {
  const session = sessionIn(temporaryFolder(), { simulated: true });
  const states = temporaryFolder();
  for (const id of applied) writeFileSync(path.join(states, `${id}.tfstate`), '{"resources": [{}]}');
  const stacks = loaded?.stacks ?? [];
  return () =>
    refuseHeld(
      { simulated: true, folders: { ...session.folders, states } },
      loaded as Loaded,
      stacks.filter(({ id }) => chosen.includes(id)),
    );
}

const ALL = ['dev-hub-main', 'dev-aws-default', 'dev-aws-own', 'dev-aws-old'];

test('a hub is not destroyed without the networks on it, also those that have left the catalog', () => {
  expect(destroying(['dev-hub-main'], ALL)).toThrow(
    [
      'not destroyed, because it is needed:',
      '  dev-aws-default needs dev-hub-main',
      '  dev-aws-old may still be on dev-hub-main',
      '  help: destroy what needs it first, or all of it together',
    ].join('\n'),
  );
});

test.each([
  ['all go together', ALL, ALL],
  ['the networks on it go with it', ['dev-hub-main', 'dev-aws-default', 'dev-aws-old'], ALL],
  ['the networks on it are not built', ['dev-hub-main'], ['dev-hub-main', 'dev-aws-own']],
  ['a network goes alone', ['dev-aws-default'], ALL],
])('it is destroyed where %s', (_, chosen, applied) => {
  expect(destroying(chosen, applied)).not.toThrow();
});
