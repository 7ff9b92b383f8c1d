import { azureCatalog } from '../fixtures/azure-catalog';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(180_000);

describeWith('terraform', 'a virtual network on Azure in the sandbox', () => {
  let project: Project;
  beforeAll(() => {
    project = new Project({ 'catalog/lab.yml': azureCatalog() });
  });

  it('is applied, with its entries, its keys and the files of the gateway', async () => {
    const { code, stdout } = await project.kakehashi('apply', 'lab', '--sandbox', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('azure_security_group_name: lab-default-nodes');
    expect(project.read('sandbox.out/lab/vpn_catalog.yml')).toContain("azure_zone: '2'");
    const connection = project.read(
      'sandbox.out/gateway/198.51.100.10/etc/ipsec.d/kakehashi-lab-azure-default.conf',
    );
    expect(connection).toContain('esp=aes_gcm256;dh20');
    expect(connection).toContain('# Tunnel 169.254.21.3/32');
    const secrets = project.read(
      'sandbox.out/gateway/198.51.100.10/etc/ipsec.d/kakehashi-lab-azure-default.secrets',
    );
    const keys = [...secrets.matchAll(/PSK "([^"]+)"/g)].map((match) => match[1]);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(stdout).not.toContain(String(keys[0]));
  });

  it('needs nothing in a second plan', async () => {
    const { code, stdout } = await project.kakehashi('plan', 'lab', '--sandbox');
    expect({ code, stdout: stdout.trim().split('\n').at(-1) }).toEqual({ code: 0, stdout: 'no changes' });
  });

  it('has a status that says what is not known, and how to ask Azure', async () => {
    const { code, stdout } = await project.kakehashi('status', 'lab', '--sandbox');
    expect(code).toBe(0);
    const command =
      'az network vpn-connection show --resource-group lab-default --name lab-azure-default --query connectionStatus --output tsv';
    expect(stdout).toContain('169.254.21.3/32');
    expect(stdout).toContain('0 of 2 tunnels UP, 2 not reported by the cloud');
    expect(stdout).toContain(
      `Azure: whether these tunnels are up is not known here, because Terraform's provider does not report it. Ask Azure, which says Connected of a connection that is up:\n  ${command}\n`,
    );
    expect(project.read('sandbox.out/gateway/198.51.100.10/INSTALL.md')).toContain(`\n${command}\n`);
  });

  it('says what a change of the connection means, and does it', async () => {
    project.edit('catalog/lab.yml', 'routing: bgp', 'routing: bgp, connection_mode: ResponderOnly');
    const plan = await project.kakehashi('plan', 'lab', '--sandbox');
    expect(plan.code).toBe(2);
    expect(plan.stdout.replace(/\s+/g, ' ')).toContain(
      'connection lab-azure-default is REPLACED (connection mode Default → ResponderOnly)',
    );
    expect((await project.kakehashi('apply', 'lab', '--sandbox', '--yes')).code).toBe(0);
    expect((await project.kakehashi('plan', 'lab', '--sandbox')).code).toBe(0);
  });

  it('loses BGP and its second instance in one apply, and gets them back', async () => {
    const BGP = 'routing: bgp, connection_mode: ResponderOnly';
    for (const [from, to, kept] of [
      [BGP, 'routing: static', '[5]'],
      ['routing: static', BGP, '[5, 6]'],
    ] as const) {
      project.edit('catalog/lab.yml', from, to);
      const { code, stdout } = await project.kakehashi('apply', 'lab', '--sandbox', '--yes');
      expect({ code, stdout }).toEqual({ code: 0, stdout });
      expect(stdout).not.toContain('undefined');
      expect(project.read('sandbox.out/lab/lock.yml')).toContain(
        `azure/default: { inside_cidrs: [169.254.21.0/29], interfaces: ${kept} }`,
      );
      expect((await project.kakehashi('plan', 'lab', '--sandbox')).code).toBe(0);
    }
  });

  it('keeps the resource group that it made, whatever the catalog says of it', async () => {
    const entry = '    azure_location: Japan East\n';
    project.edit('catalog/lab.yml', entry, `${entry}    azure_resource_group_name: lab-default\n`);
    project.edit('catalog/lab.yml', '    create:\n', '    create:\n      resource_group: existing\n');
    const { code, stdout, stderr } = await project.kakehashi('plan', 'lab', '--sandbox');
    project.edit('catalog/lab.yml', '      resource_group: existing\n', '');
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`.replace(/\s+/g, ' ')).toContain(
      'lab-azure-default: not planned: its resource group lab-default would be deleted, and the network is in it; write resource_group: create in azure/default again',
    );
    expect((await project.kakehashi('plan', 'lab', '--sandbox')).code).toBe(0);
  });

  it('says what somebody changed outside, and changes it back', async () => {
    const list = await project.kakehashi('sandbox', 'list', 'azurerm_network_security_rule', '--json');
    const rule = list.stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { id: string; attributes: { name: string } })
      .find(({ attributes }) => attributes.name === 'deny-all-inbound');
    await project.kakehashi(
      'sandbox',
      'edit',
      'azurerm_network_security_rule',
      String(rule?.id),
      'access="Allow"',
    );
    const plan = await project.kakehashi('plan', 'lab', '--sandbox');
    expect(plan.code).toBe(2);
    expect(plan.stdout.replace(/\s+/g, ' ')).toContain(
      'drift: 1 azurerm_network_security_rule was changed outside of Terraform: access (Nodes_Deny)',
    );
    expect((await project.kakehashi('apply', 'lab', '--sandbox', '--yes')).code).toBe(0);
    expect((await project.kakehashi('plan', 'lab', '--sandbox')).code).toBe(0);
  });

  it('is destroyed, and nothing of it is left', async () => {
    const { code } = await project.kakehashi('destroy', 'lab', '--sandbox', '--yes');
    expect(code).toBe(0);
    const { stdout } = await project.kakehashi('sandbox', 'list', '--json');
    expect(stdout.trim()).toBe('');
  });
});
