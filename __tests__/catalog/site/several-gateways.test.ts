import { formatLock, lockAdditionsOf } from '../../../catalog/environment/lock-text';
import { loadedFrom } from '../../support/loaded';
import { textsOf, tryLoad } from '../folder-of';

const catalog = (...keys: readonly string[]) => `cci_version: '1.0'
site: { controller: 10.0.2.15/24, ${keys.join(', ')} }
aws:
  default:
    aws_region: us-west-2
    private_network_ipmask: 172.22.2.0/24
    create: { vpc_cidr: 172.22.0.0/16, egress: none, vpn: { routing: bgp } }
`;
const ALONE = catalog('public_ip: 198.51.100.10');
const EAST = 'east: { public_ip: 198.51.100.10, address: 10.0.2.2 }';
const WEST = 'west: { public_ip: 198.51.100.11, address: 10.0.2.3 }';
const named = (...gateways: readonly string[]) => catalog(`gateways: { ${gateways.join(', ')} }`);

/** What is said of a catalog whose lock file is that of another one. */
function saidAfter(former: string, now: string) {
  const lock = formatLock(lockAdditionsOf(loadedFrom(former)).lock);
  return tryLoad({ 'dev.yml': now, 'dev.lock.yml': lock }).problems.map(textsOf);
}

const gone = (line: string, gateway: string) =>
  `the lock file has the connection ${line}, whose gateway (${gateway}) the site no longer has: where it was applied, the next apply destroys it and its tunnels`;
const NEVER_TOGETHER =
  "site.gateway can't stand beside gateways with names, so that its tunnels and theirs are never up together: choose a time at which nobody needs them. After that apply, remove the line from the lock file";

test('a gateway that gets a name is another one, and never stands beside the nameless one', () => {
  expect(saidAfter(ALONE, named(EAST, WEST))).toEqual([
    { path: 'site.gateways', message: gone('aws/default', 'site.gateway'), fix: NEVER_TOGETHER },
  ]);
  expect(saidAfter(named(EAST), ALONE)).toEqual([
    { path: 'site.public_ip', message: gone('aws/default@east', 'east'), fix: NEVER_TOGETHER },
  ]);
});

test('of gateways with names one goes after another one has come', () => {
  expect(saidAfter(named(EAST), named(EAST, WEST))).toEqual([]);
  expect(saidAfter(named(EAST, WEST), named(WEST))).toEqual([
    {
      path: 'site.gateways',
      message: gone('aws/default@east', 'east'),
      fix: 'to change over without an interruption, apply once with the former gateway and a further one, then remove the former. After that apply, remove the line from the lock file',
    },
  ]);
});
