import { AwsProvider, type AwsProviderConfig } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import type { AwsSettings } from '../../catalog/kinds/aws/settings';
import { CatalogStack, type CatalogStackProps } from '../catalog-stack';
import { literal } from '../literal';

export interface AwsProviderStackProps extends CatalogStackProps {
  readonly aws: AwsSettings;
  readonly region: string;
  /** Of everything in it. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A stack on AWS: its backend and its provider, for one region. */
export class AwsProviderStack extends CatalogStack {
  constructor(scope: Construct, id: string, props: AwsProviderStackProps) {
    super(scope, id, props);
    new AwsProvider(this, 'aws', providerArguments(props));
    this.addOverride('terraform.required_providers.aws.version', props.aws.version);
  }
}

/** The tags that the provider gives to all of a stack; not to what AWS makes by itself, such as the nodes of an Auto Scaling group. */
export function stackTags({ aws, environment, tags }: AwsProviderStackProps): Record<string, string> {
  return literalValues({ ...aws.defaultTags, environment, 'managed-by': 'kakehashi', ...tags });
}

/** The provider's configuration. Credentials are never part of it: they come from the environment or a profile. */
function providerArguments(props: AwsProviderStackProps): AwsProviderConfig {
  const { aws } = props;
  return {
    region: props.region,
    profile: aws.profile && literal(aws.profile),
    allowedAccountIds: aws.allowedAccountIds.length > 0 ? [...aws.allowedAccountIds] : undefined,
    skipRegionValidation: aws.skipRegionValidation ? true : undefined,
    endpoints: Object.keys(aws.endpoints).length > 0 ? [literalValues(aws.endpoints)] : undefined,
    defaultTags: [{ tags: stackTags(props) }],
    ...assumedRole(aws),
  };
}

function assumedRole({ assumeRole }: AwsSettings): Partial<AwsProviderConfig> {
  if (!assumeRole) return {};
  const role = {
    roleArn: literal(assumeRole.roleArn),
    sessionName: assumeRole.sessionName && literal(assumeRole.sessionName),
  };
  return assumeRole.webIdentityTokenFile === undefined
    ? { assumeRole: [{ ...role, externalId: assumeRole.externalId && literal(assumeRole.externalId) }] }
    : {
        assumeRoleWithWebIdentity: [
          { ...role, webIdentityTokenFile: literal(assumeRole.webIdentityTokenFile) },
        ],
      };
}

function literalValues(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [literal(key), literal(value)]));
}
