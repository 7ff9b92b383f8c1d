import type { Behaviour } from '../../sandbox/schemas/schema';

type Json = Readonly<Record<string, unknown>>;

const NAME = { says: `only alphanumeric characters, '-', '_' and ' ' are allowed in "name"` };

/** What hashicorp/aws 5.100.0 answers about the types of Route 53 Resolver, of which the full recording has nothing. */
const TYPES: Readonly<Record<string, Behaviour>> = {
  aws_route53_resolver_endpoint: {
    replaces: ['direction', 'security_group_ids'],
    defaults: {},
    unknown: ['arn', 'host_vpc_id', 'id', 'protocols', 'resolver_endpoint_type', 'tags_all'],
    values: {
      direction: { oneOf: ['INBOUND', 'OUTBOUND'] },
      name: NAME,
      protocols: { oneOf: ['DoH', 'Do53', 'DoH-FIPS'] },
      resolver_endpoint_type: { oneOf: ['IPV6', 'IPV4', 'DUALSTACK'] },
    },
    legacy: true,
  },
  aws_route53_resolver_rule: {
    replaces: ['domain_name', 'rule_type'],
    defaults: {},
    unknown: ['arn', 'id', 'owner_id', 'share_status', 'tags_all'],
    values: { name: NAME, rule_type: { oneOf: ['FORWARD', 'SYSTEM', 'RECURSIVE'] } },
    legacy: true,
  },
  aws_route53_resolver_rule_association: {
    replaces: ['name', 'resolver_rule_id', 'vpc_id'],
    defaults: {},
    unknown: ['id'],
    values: { name: NAME },
    legacy: true,
  },
};

/** The recorded behaviour with that of the resolver's types, where it is a recording of AWS. */
export function withResolverTypes(behaviour: Json): Json {
  return 'aws_vpc' in behaviour ? { ...TYPES, ...behaviour } : behaviour;
}
