import { ipv4Number, ipv4Text, parseIpv4 } from '../../model/net/ipv4';
import { ValueError } from '../../model/value-error';
import { ADOPTED_NAME } from '../shape/formats';
import type { Format } from '../shape/shape';
import { list, map, named, required, text, whole } from '../shape/shapes';

/** How many addresses a range may stand for. */
const MOST = 1024;

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const ADDRESS = `${OCTET}(\\.${OCTET}){3}`;

/** One address, or a range of them; as a list of addresses. */
const ADDRESSES: Format<readonly string[]> = {
  expected: 'an IPv4 address, or a range of them like 172.23.1.12-172.23.1.16',
  pattern: `^${ADDRESS}(-${ADDRESS})?$`,
  parse: parseAddresses,
  example: '172.23.1.12-172.23.1.16',
};

/**
 * The addresses that the controller gives to nodes on the Sakura cloud, by entry: what it reads from `config/sakura_config.yml`
 * (docs/reference/vcp.md).
 */
export const SAKURA_CONFIG = named(
  ADOPTED_NAME,
  map({
    prefix_len: required(whole(1, 32), "prefix length of the nodes' network"),
    ip_addresses: required(
      list(text(ADDRESSES), { min: 1, max: MOST }),
      'addresses for nodes, or ranges of them: 172.23.1.12-172.23.1.16',
    ),
  }),
);

/** @throws {@link ValueError} */
function parseAddresses(given: string): readonly string[] {
  const [first = '', last = first, ...rest] = given.split('-');
  const [from, to] = [ipv4Number(first), ipv4Number(last)];
  if (from === undefined || to === undefined || rest.length > 0)
    throw new ValueError(
      ADDRESSES.expected,
      given,
      given.includes(':') ? { fix: 'IPv6 is not built yet' } : {},
    );
  if (from > to) throw new ValueError('a range from low to high', given, { suggestion: `${last}-${first}` });
  if (to - from >= MOST) throw new ValueError(`a range of at most ${MOST} addresses`, given);
  return Array.from({ length: to - from + 1 }, (_, index) => parseIpv4(ipv4Text(from + index)));
}
