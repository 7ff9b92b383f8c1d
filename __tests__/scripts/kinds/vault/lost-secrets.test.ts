import { refuseLostSecrets } from '../../../../scripts/kinds/vault/lost-secrets';
import { loadedFrom } from '../../../support/loaded';

const text = (vpn: string, references = true) => `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
${references ? 'providers: { aws: { access_key: vault://team/kv/aws/access_key, secret_key: vault://secret/aws/secret_key } }\n' : ''}vault:
  address: https://10.0.2.15:8443
  mounts: { secret: {}, team/kv: {}, vpn: {}, team/k: {} }
  preshared_keys: vault://vpn/lab
aws:
  default:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, public_subnet: 172.30.1.0/24, vpn: ${vpn} }
`;

const refused = (yaml: string, mounts: readonly string[]) => () =>
  refuseLostSecrets(loadedFrom(yaml).catalog, mounts);
const WHY =
  'and all secrets in it would be destroyed; put its create or its version back, or keep them elsewhere first';

test.each([
  [['team/kv'], 'providers.aws.access_key (vault://team/kv/aws/access_key)'],
  [['secret'], 'providers.aws.secret_key (vault://secret/aws/secret_key)'],
  [['vpn'], 'vault.preshared_keys (vault://vpn/lab)'],
])('a plan that destroys the mount %s is refused, because the catalog needs %s', (mounts, needs) => {
  expect(refused(text('{}'), mounts)).toThrow(
    `mount ${mounts[0]}: must stay as it is, because the catalog needs it for ${needs}, ${WHY}`,
  );
});

test('all that would be lost is named', () => {
  expect(refused(text('{}'), ['secret', 'team/kv', 'team/k'])).toThrow(
    `mount team/kv and secret: must stay as it is, because the catalog needs it for providers.aws.access_key (vault://team/kv/aws/access_key), providers.aws.secret_key (vault://secret/aws/secret_key), ${WHY}`,
  );
});

test.each([
  ['nothing is destroyed', text('{}'), []],
  ['a mount is destroyed that only begins alike', text('{}'), ['team/k']],
  ['the keys are with AWS', text('{ preshared_key_storage: SecretsManager }', false), ['vpn']],
  ['no connection is left', text('none', false), ['vpn']],
])('it is let through where %s', (_, yaml, mounts) => {
  expect(refused(yaml, mounts)).not.toThrow();
});
