import { FORWARDED_DOMAIN } from '../../../model/clouds/aws/dns-forwarding';
import { ValueError } from '../../../model/value-error';
import type { Format } from '../../shape/shape';

const FORWARDED = new RegExp(FORWARDED_DOMAIN);

/** A domain about which others are asked. */
export const FORWARDED_DOMAIN_NAME: Format<string> = {
  expected: 'a domain name in small letters like corp.example.org, or . for all names',
  pattern: FORWARDED_DOMAIN,
  parse: (given) => {
    if (FORWARDED.test(given)) return given;
    const near = given.toLowerCase().replace(/\.$/, '');
    const suggestion = FORWARDED.test(near) ? near : undefined;
    throw new ValueError(FORWARDED_DOMAIN_NAME.expected, given, { suggestion });
  },
  example: 'corp.example.org',
};
