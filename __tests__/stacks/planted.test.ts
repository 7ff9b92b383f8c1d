import '../../stacks/fast-tokens';
import { isScalar, parseDocument, visit } from 'yaml';
import { CatalogError } from '../../catalog/ground/catalog-error';
import { temporaryFolder } from '../support/catalog-folder';
import { synthesizedCatalog } from '../support/synthesized-catalog';

/** Every key that takes a text, in one catalog. */
const CATALOG = `
cci_version: '1.0'
environment: lab
backend: { type: s3, prefix: lab, bucket: states, region: us-west-2, profile: states, kms_key_id: key }
providers:
  aws:
    version: '>= 5.100.0, < 7.0.0'
    profile: lab
    assume_role: { role_arn: 'arn:aws:iam::123456789012:role/lab', external_id: outside, session_name: lab }
    allowed_account_ids: ['123456789012']
    endpoints: { ec2: 'https://ec2.example.com' }
    default_tags: { owner: team }
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, subnets: [10.0.2.0/24], asn: 65000 }
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    ntp_servers: [ntp.example.com]
    cloud_instance_dns_servers: [10.0.2.1]
    create:
      vpc_cidr: 172.30.0.0/16
      public_subnet: 172.30.1.0/24
      egress: nat
      ingress:
        - { profile: vc-node }
        - { protocol: tcp, ports: '443', from: [site, 192.0.2.0/24], description: words }
        - { protocol: tcp, ports: '80', from: [0.0.0.0/0], description: words, allow_public: reason }
      tags: { purpose: words }
      vpn: { crypto: compatible, tunnel_options: { startup_action: start, ike_versions: [ikev2] } }
vault:
  address: https://10.0.2.15:8443
  namespace: team
  ca_file: cert/ca.pem
  server: vault
  auth: { method: approle, role_id: 7b3d3a5e }
  mounts: { secret: { version: 2, description: words, create: {} } }
  policies:
    deploy:
      rules: [{ path: secret/aws/*, capabilities: [read] }, { path: sys/health, capabilities: [deny] }]
      may: [read secret/aws/access_key]
      may_not: [update secret/aws/access_key]
      create: {}
  users: { alice: { role: regular, api: readonly, create: {} } }
  approles: { ci: { policies: [deploy], create: {} } }
  audits: { log: { type: file, options: { file_path: /vault/logs/audit.log, prefix: words }, create: {} } }
  preshared_keys: vault://secret/vpn
own-cloud:
  default: { anything: words }
`;

const PLANTED = '${upper("planted")}%{if true}planted%{endif}';

/** Each text of the catalog replaced in turn: the path, and the catalog with it. */
function planted(): readonly [string, string][] {
  const paths: string[][] = [];
  visit(parseDocument(CATALOG), {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string') return;
      paths.push(ancestors.flatMap((parent, index) => stepOf(parent, ancestors[index + 1] ?? node)));
    },
  });
  return paths.map((path) => {
    const document = parseDocument(CATALOG);
    document.setIn(path, PLANTED);
    return [path.join('.'), String(document)];
  });
}

function stepOf(parent: unknown, child: unknown): string[] {
  if (parent && typeof parent === 'object' && 'key' in parent && isScalar(parent.key))
    return [String(parent.key.value)];
  if (parent && typeof parent === 'object' && 'items' in parent && Array.isArray(parent.items)) {
    const index = parent.items.indexOf(child);
    return index >= 0 && child && typeof child === 'object' && !('key' in child) ? [String(index)] : [];
  }
  return [];
}

const cases = planted();
let accepted = 0;

it('plants in every text of the catalog', () => {
  expect(cases.length).toBeGreaterThan(55);
});

it.each(cases)('never lets an expression in %s reach Terraform', (_, text) => {
  const folder = temporaryFolder({ 'lab.yml': text });
  let files: Readonly<Record<string, string>>;
  try {
    files = synthesizedCatalog(folder, ['lab']).files;
  } catch (error) {
    expect(error).toBeInstanceOf(CatalogError);
    return;
  }
  accepted += 1;
  const stacks = Object.entries(files).filter(([name]) => name.endsWith('cdk.tf.json'));
  expect(stacks.map(([name]) => name.split('/')[1]).sort()).toEqual(['lab-aws-default', 'lab-vault']);
  for (const [, json] of stacks) {
    expect(json).not.toMatch(/(?<!\$)\$\{upper/);
    expect(json).not.toMatch(/(?<!%)%\{(if|endif)/);
  }
});

it('had fields that take any text, or it would have tested nothing', () => {
  expect(accepted).toBeGreaterThan(12);
});
