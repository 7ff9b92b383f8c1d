import { loadedFrom } from '../support/loaded';
import { problemLines } from './folder-of';

const catalog = (create: string): string => `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }
aws:
  default:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create:
      vpc_cidr: 172.30.0.0/16
      egress: none
${create}`;

const names = (text: string): string => `      existing_names: { ${text} }\n`;
const linesOf = (create: string) => problemLines({ 'dev.yml': catalog(create) });

test('names at the edge of what AWS takes are accepted, also an empty device', () => {
  const long = 'a'.repeat(255);
  const text = `security_group: "${long}", security_group_description: "${long}", customer_gateway_device: '', vpn_log_group: "/${'a'.repeat(511)}"`;
  expect(linesOf(names(text))).toEqual([]);
  const [network] = loadedFrom(catalog(names(text))).catalog.kinds['aws-network']?.networks ?? [];
  expect(network?.existingNames).toEqual({
    securityGroup: long,
    securityGroupDescription: long,
    customerGatewayDevice: '',
    vpnLogGroup: `/${'a'.repeat(511)}`,
  });
});

test.each([
  [`security_group: sg-1`, 'security_group: must be a name of 1 to 255 characters'],
  [`security_group: Default`, 'security_group: must be a name of 1 to 255 characters'],
  [`security_group: ''`, 'security_group: must not be empty; a name of 1 to 255 characters'],
  [
    `security_group_description: "${'a'.repeat(256)}"`,
    'security_group_description: must be a description of 1 to 255 characters',
  ],
  [
    `security_group_description: 'a|b'`,
    'security_group_description: must be a description of 1 to 255 characters',
  ],
  [
    `customer_gateway_device: "${'a'.repeat(256)}"`,
    'customer_gateway_device: must be a name of up to 255 characters, or an empty text',
  ],
  [`vpn_log_group: aws/x`, 'vpn_log_group: must be the name of a log group: 1 to 512 characters'],
  [`role: x`, ': unknown key "role"'],
])('%s is refused', (text, message) => {
  const lines = linesOf(names(text));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(
    `aws.default.create.existing_names${message.startsWith(':') ? '' : '.'}${message}`,
  );
});

test('names of what is not built are refused, each at its key', () => {
  const both = names('customer_gateway_device: x, vpn_log_group: y');
  expect(linesOf(`      vpn: none\n${both}`)).toEqual([
    'dev.yml:11:25-48 unused-name aws.default.create.existing_names.customer_gateway_device: names what is not built: there is vpn: none | remove it, or vpn: none',
    'dev.yml:11:53-66 unused-name aws.default.create.existing_names.vpn_log_group: names what is not built: there is vpn: none | remove it, or vpn: none',
  ]);
  expect(linesOf(`      vpn: { logs: none }\n${both}`)).toEqual([
    'dev.yml:11:53-66 unused-name aws.default.create.existing_names.vpn_log_group: names what is not built: there is vpn.logs: none | remove it, or vpn.logs: none',
  ]);
});
