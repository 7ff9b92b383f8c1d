import { changed, problemLines } from '../folder-of';

const said = (publicIp: string): readonly string[] =>
  problemLines({ 'dev.yml': changed(['198.51.100.10', publicIp]) }).map((line) =>
    line.slice(0, line.indexOf(' | ')),
  );

const INSIDE = [
  ['0.0.0.0/8', '0.0.0.0', '0.255.255.255'],
  ['10.0.0.0/8', '10.0.0.0', '10.255.255.255'],
  ['100.64.0.0/10', '100.64.0.0', '100.127.255.255'],
  ['127.0.0.0/8', '127.0.0.0', '127.255.255.255'],
  ['169.254.0.0/16', '169.254.0.0', '169.254.255.255'],
  ['172.16.0.0/12', '172.16.0.0', '172.31.255.255'],
  ['192.0.0.0/24', '192.0.0.0', '192.0.0.255'],
  ['192.88.99.0/24', '192.88.99.0', '192.88.99.255'],
  ['192.168.0.0/16', '192.168.0.0', '192.168.255.255'],
  ['198.18.0.0/15', '198.18.0.0', '198.19.255.255'],
  ['224.0.0.0/3', '224.0.0.0', '255.255.255.255'],
] as const;

describe('site.public_ip', () => {
  test.each(INSIDE)('must not be of %s, from %s to %s', (block, first, last) => {
    for (const address of [first, last]) {
      expect(said(address)).toEqual([
        `dev.yml:4:14-${14 + address.length} bad-value site.public_ip: must be a public address, got "${address}" (of ${block})`,
      ]);
    }
  });

  test.each([
    ['1.0.0.0', 'above 0.0.0.0/8'],
    ['9.255.255.255', 'below 10.0.0.0/8'],
    ['11.0.0.0', 'above it'],
    ['100.63.255.255', 'below 100.64.0.0/10'],
    ['100.128.0.0', 'above it'],
    ['126.255.255.255', 'below 127.0.0.0/8'],
    ['128.0.0.0', 'above it'],
    ['169.253.255.255', 'below 169.254.0.0/16'],
    ['169.255.0.0', 'above it'],
    ['172.15.255.255', 'below 172.16.0.0/12'],
    ['172.32.0.0', 'above it'],
    ['191.255.255.255', 'below 192.0.0.0/24'],
    ['192.0.1.0', 'above it'],
    ['192.88.98.255', 'below 192.88.99.0/24'],
    ['192.88.100.0', 'above it'],
    ['192.31.196.1', 'that the registry calls globally reachable'],
    ['198.17.255.255', 'below 198.18.0.0/15'],
    ['198.20.0.0', 'above it'],
    ['192.167.255.255', 'below 192.168.0.0/16'],
    ['192.169.0.0', 'above it'],
    ['223.255.255.255', 'below 224.0.0.0/3'],
    ['192.0.2.1', 'of a documentation block'],
    ['203.0.113.1', 'of a documentation block'],
  ])('may be %s, %s', (address) => {
    expect(problemLines({ 'dev.yml': changed(['198.51.100.10', address]) })).toEqual([]);
  });
});
