import { APIPA_BLOCKS } from '../../../model/clouds/azure/inside-addresses';
import { Cidr } from '../../../model/net/cidr';
import { ValueError } from '../../../model/value-error';
import type { Format } from '../../shape/shape';

/** The block of one connection. */
export const INSIDE_BLOCK: Format<Cidr> = {
  expected: 'a /29 of 169.254.21.0/24 or 169.254.22.0/24',
  pattern: '^169\\.254\\.2[12]\\.[0-9]{1,3}/29$',
  parse: (text) => {
    const block = Cidr.parse(text);
    if (block.prefixLength === 29 && APIPA_BLOCKS.some((one) => one.contains(block))) return block;
    throw new ValueError(INSIDE_BLOCK.expected, text, { fix: 'for instance 169.254.21.0/29' });
  },
  example: '169.254.21.0/29',
};
