import { seenFromOutside, type Translation } from '../../../../model/clouds/azure/translation';
import { Cidr } from '../../../../model/net/cidr';

const rule = (internal: string, external: string): Translation => ({
  internal: Cidr.parse(internal),
  external: Cidr.parse(external),
});
const seen = (network: string, ...rules: readonly Translation[]): readonly string[] =>
  seenFromOutside(Cidr.parse(network), rules).map(String);

it.each<[string, string, readonly Translation[], readonly string[]]>([
  ['without rules, as it is', '172.21.0.0/16', [], ['172.21.0.0/16']],
  ['by another rule, as it is', '172.21.0.0/16', [rule('172.22.0.0/16', '10.9.0.0/16')], ['172.21.0.0/16']],
  ['as a whole, as its outside', '172.21.0.0/16', [rule('172.21.0.0/16', '10.9.0.0/16')], ['10.9.0.0/16']],
  [
    'as a part of a wider inside, at the same place of the outside',
    '172.21.5.0/24',
    [rule('172.21.0.0/16', '10.9.0.0/16')],
    ['10.9.5.0/24'],
  ],
  [
    'in parts, as it is and as their outsides',
    '172.21.0.0/16',
    [rule('172.21.1.0/24', '10.9.1.0/24'), rule('172.21.2.0/25', '10.9.2.0/25')],
    ['172.21.0.0/16', '10.9.1.0/24', '10.9.2.0/25'],
  ],
  [
    'by the one of several rules that holds it',
    '172.21.2.0/24',
    [rule('172.21.1.0/24', '10.9.1.0/24'), rule('172.21.2.0/24', '10.9.7.0/24')],
    ['10.9.7.0/24'],
  ],
])('a network is seen %s', (_, network, rules, expected) => {
  expect(seen(network, ...rules)).toEqual(expected);
});
