import '../../../stacks/fast-tokens';
import { Testing } from 'cdktf';
import type { AwsSettings } from '../../../catalog/kinds/aws/settings';
import { AwsProviderStack } from '../../../stacks/kinds/aws';
import { temporaryFolder } from '../../support/catalog-folder';
import type { Synthesized } from '../../support/synthesized';
import { synthesizedCatalog } from '../../support/synthesized-catalog';

/** The tags that the provider puts on everything of a stack. */
const defaultTags = (synth: Synthesized): unknown => {
  const { aws } = synth.provider as { aws: [{ default_tags: [{ tags: unknown }] }] };
  return aws[0].default_tags[0].tags;
};

function tagsOf(settings: Partial<AwsSettings>, tags: Readonly<Record<string, string>>): unknown {
  const stack = new AwsProviderStack(Testing.app(), 'dev-aws-default', {
    environment: 'dev',
    backend: { type: 'local', settings: {} },
    aws: {
      version: '>= 5.100.0',
      allowedAccountIds: [],
      endpoints: {},
      defaultTags: {},
      skipRegionValidation: false,
      ...settings,
    },
    region: 'ap-northeast-1',
    tags,
  });
  return defaultTags(JSON.parse(Testing.synth(stack)) as Synthesized);
}

describe('the tags of everything in a stack', () => {
  it('are our own where nobody names any', () => {
    expect(tagsOf({}, {})).toEqual({ environment: 'dev', 'managed-by': 'kakehashi' });
  });

  it("are the stack's before our own, and our own before the provider's defaults", () => {
    const all = { environment: 'default', 'managed-by': 'default', owner: 'default', team: 'default' };
    expect(tagsOf({ defaultTags: all }, {})).toEqual({
      ...all,
      environment: 'dev',
      'managed-by': 'kakehashi',
    });
    expect(tagsOf({ defaultTags: all }, { owner: 'stack', environment: 'stack' })).toEqual({
      environment: 'stack',
      'managed-by': 'kakehashi',
      owner: 'stack',
      team: 'default',
    });
  });

  it('are, of a network of the catalog, its own before the defaults, and those that tell the entry', () => {
    const catalog = `
cci_version: '1.0'
providers: { aws: { default_tags: { owner: default, team: default } } }
aws:
  default:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, egress: none, vpn: none, ingress: open-site, tags: { owner: network } }
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
`;
    const { stacks } = synthesizedCatalog(temporaryFolder({ 'dev.yml': catalog }), ['dev']);
    expect(defaultTags(stacks['dev-aws-default'] as Synthesized)).toEqual({
      environment: 'dev',
      'kakehashi:entry': 'dev/aws/default',
      'managed-by': 'kakehashi',
      owner: 'network',
      team: 'default',
    });
  });
});
