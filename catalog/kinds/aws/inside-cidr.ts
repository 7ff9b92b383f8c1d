import { parseInsideCidr } from '../../../model/clouds/aws/inside-cidr';
import type { Cidr } from '../../../model/net/cidr';
import type { Format } from '../../shape/shape';

export const INSIDE_CIDR: Format<Cidr> = {
  expected: 'a /30 of 169.254.0.0/16',
  pattern: '^169\\.254\\.[0-9]{1,3}\\.[0-9]{1,3}/30$',
  parse: parseInsideCidr,
  example: '169.254.100.0/30',
};
