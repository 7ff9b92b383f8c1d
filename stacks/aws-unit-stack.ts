import { AwsProvider, type AwsProviderConfig } from '@cdktf/provider-aws/lib/provider';
import { type TerraformElement, TerraformStack } from 'cdktf';
import { type Construct, Node } from 'constructs';
import type { AwsSettings, BackendType, Json } from '../catalog/catalog';
import { literal } from './literal';
import { StateBackend } from './state-backend';

export interface UnitStackProps {
  readonly environment: string;
  readonly aws: AwsSettings;
  readonly backend: { readonly type: BackendType; readonly settings: Readonly<Record<string, Json>> };
}

/**
 * A unit on AWS: its backend and its provider, for one region.
 *
 * By itself it is what is synthesized for a unit that is gone from the catalog: without resources, so that the plan shows
 * the destruction of what the state still holds.
 */
export class AwsUnitStack extends TerraformStack {
  /** Path by address, to refuse what would silently become one resource. */
  private readonly addresses = new Map<string, string>();

  constructor(
    scope: Construct,
    id: string,
    props: UnitStackProps & { readonly region: string; readonly tags: Readonly<Record<string, string>> },
  ) {
    super(scope, id);
    new StateBackend(this, props.backend.type, props.backend.settings);
    new AwsProvider(this, 'aws', providerArguments(props));
    this.addOverride('terraform.required_providers.aws.version', props.aws.version);
  }

  /**
   * Nothing to prepare: cdktf resolves every token once more here to find references to other stacks, of which there
   * are none by design (no stack reads another one's state), and that took a third of the synthesis.
   */
  override prepareStack(): void {}

  /** `Vpn_Connection` instead of cdktf's `Vpn_Connection_8A263831`: what a plan shows is what a person reads. */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const { path } = element instanceof Node ? element : element.node;
    const address = path.slice(this.node.path.length + 1).replaceAll('/', '_');
    const owner = this.addresses.get(address) ?? path;
    if (owner !== path || !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(address)) {
      throw new Error(
        `${path}: its address "${address}" must be unique and of A-Z a-z 0-9 _ -, but ${owner} has it`,
      );
    }
    this.addresses.set(address, path);
    return address;
  }
}

/** The provider's configuration. Credentials are never part of it: they come from the environment or a profile. */
function providerArguments(
  props: UnitStackProps & { readonly region: string; readonly tags: Readonly<Record<string, string>> },
): AwsProviderConfig {
  const { aws, environment } = props;
  const tags = { ...aws.defaultTags, environment, 'managed-by': 'kakehashi', ...props.tags };
  return {
    region: props.region,
    profile: aws.profile && literal(aws.profile),
    allowedAccountIds: aws.allowedAccountIds.length > 0 ? [...aws.allowedAccountIds] : undefined,
    endpoints: Object.keys(aws.endpoints).length > 0 ? [literalValues(aws.endpoints)] : undefined,
    defaultTags: [{ tags: literalValues(tags) }],
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
