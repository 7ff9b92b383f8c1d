import { Cidr } from '../../model/net/cidr';
import { type Answers, EXAMPLE_ADDRESS } from '../set-keys';
import { subnetsOf } from './blocks';
import { MODELINE } from './modeline';

/** The text of a first catalog, with comments that say what each part is, and what else there is. */
export function newCatalog(answers: Answers): string {
  const { environment = '', provider } = answers;
  return [
    MODELINE,
    `# The environment ${environment}. docs/catalog.md of the package kakehashi describes every key; an editor completes them.`,
    "cci_version: '1.0'",
    ...providers(answers),
    ...backend(answers),
    '',
    ...site(answers),
    '',
    ...(provider === 'azure' ? azure(answers) : aws(answers)),
    '',
    '# An entry without create describes what exists already: it is checked, and comes out as it is.',
    'onpremises:',
    '  default: {}',
    '',
  ].join('\n');
}

/** The backend that the answers name; none where they name none. */
export function backend(answers: Answers): readonly string[] {
  const { provider, region, state_bucket, state_region, state_account, state_container } = answers;
  if (state_bucket !== undefined) {
    const of = state_region ?? (provider === 'azure' ? undefined : region);
    return [
      '# Where the states are. Terraform 1.10 or newer locks them with a file in the bucket.',
      `backend: { type: s3, bucket: ${state_bucket}${of === undefined ? '' : `, region: ${of}`}, use_lockfile: true }`,
    ];
  }
  if (state_account !== undefined)
    return [
      '# Where the states are.',
      `backend: { type: azurerm, storage_account_name: ${state_account}, container_name: ${state_container ?? 'states'} }`,
    ];
  return [
    '# States are in the folder state/ of this machine. CI, and a second person, need a remote backend, for instance:',
    '# backend: { type: s3, bucket: NAME, region: REGION, use_lockfile: true }',
  ];
}

function providers({ azure_client_id }: Answers): readonly string[] {
  if (azure_client_id === undefined) return [];
  return [
    '# CI logs in with its own token. For a plan from your machine: auth: cli',
    'providers: { azurerm: { auth: oidc } }',
  ];
}

function site({ controller, public_ip, subnets = '', asn, daemon }: Answers): readonly string[] {
  return [
    '# The on-premises end of the tunnels.',
    'site:',
    `  controller: ${controller}    # the controller's address, VCP_VCC_PRIVATE_IPMASK`,
    `  public_ip: ${public_ip}    # the gateway's public address${public_ip === EXAMPLE_ADDRESS ? ': an example, nobody has it. Write yours before you plan for real' : ''}`,
    `  subnets: [${subnets.split(',').join(', ')}]    # networks behind the gateway`,
    ...(asn === undefined ? [] : [`  asn: ${asn}`]),
    ...(daemon === undefined ? [] : [`  gateway: { daemon: ${daemon} }`]),
  ];
}

function vpn({ routing }: Answers): readonly string[] {
  return routing === undefined ? [] : [`      vpn: { routing: ${routing} }`];
}

function aws(answers: Answers): readonly string[] {
  const { region, network = '' } = answers;
  const { publicSubnet, nodes } = subnetsOf(Cidr.parse(network));
  return [
    'aws:',
    '  default:',
    `    aws_region: ${region}`,
    `    private_network_ipmask: ${nodes}    # the subnet of the nodes`,
    '    create:',
    `      vpc_cidr: ${network}`,
    `      public_subnet: ${publicSubnet}    # for NAT, by which nodes reach the Internet`,
    '      ingress: vc-node    # the ports that nodes need, from the site and from each other',
    ...vpn(answers),
  ];
}

function azure(answers: Answers): readonly string[] {
  const { region, network = '' } = answers;
  const { gateway, nodes } = subnetsOf(Cidr.parse(network));
  return [
    'azure:',
    '  default:',
    `    azure_location: ${region}`,
    `    private_network_ipmask: ${nodes}    # the subnet of the nodes`,
    '    create:',
    `      vnet_cidr: ${network}`,
    `      gateway_subnet: ${gateway}    # for the VPN gateway`,
    '      ingress: vc-node    # the ports that nodes need, from the site and from each other',
    ...vpn(answers),
  ];
}
