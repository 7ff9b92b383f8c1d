import type { Behaviour } from '../../sandbox/schemas/schema';

type Json = Readonly<Record<string, unknown>>;

function invalidArn(argument: string): { says: string } {
  return { says: `"${argument}" (!bad value!) is an invalid ARN: arn: invalid prefix` };
}

/** What hashicorp/aws 5.100.0 answers about the associations of a resource share, of which the full recording has nothing. */
const ASSOCIATIONS: Readonly<Record<string, Behaviour>> = {
  aws_ram_principal_association: {
    replaces: ['principal', 'resource_share_arn'],
    defaults: {},
    unknown: ['id'],
    values: {
      principal: invalidArn('principal'),
      resource_share_arn: invalidArn('resource_share_arn'),
    },
    legacy: true,
  },
  aws_ram_resource_association: {
    replaces: ['resource_arn', 'resource_share_arn'],
    defaults: {},
    unknown: ['id'],
    values: {
      resource_arn: invalidArn('resource_arn'),
      resource_share_arn: invalidArn('resource_share_arn'),
    },
    legacy: true,
  },
};

/** The recorded behaviour with that of the associations, where it is a recording of AWS's resource shares. */
export function withRamAssociations(behaviour: Json): Json {
  return 'aws_ram_resource_share' in behaviour ? { ...ASSOCIATIONS, ...behaviour } : behaviour;
}
