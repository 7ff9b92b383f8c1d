import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Network } from '../../constructs/aws/network';
import { ResourceGroup } from '../../constructs/azure/resource-group';
import { AccessPolicy } from '../../constructs/vault/access-policy';

/** The core that these constructs do not import: the tests run on cdktf and on cdktn. */
function otherCore(): typeof import('cdktf') {
  const other = require.resolve('cdktf').includes('cdktn') ? 'cdktf' : 'cdktn';
  return require(path.join(__dirname, '../../node_modules', other)) as typeof import('cdktf');
}

describe('a construct in a stack of another core', () => {
  const { App, TerraformStack } = otherCore();
  const stack = () => new TerraformStack(new App(), 'mine');

  test.each([
    [
      'mine/Network',
      () =>
        new Network(stack(), 'Network', {
          name: 'mine',
          cidr: '10.1.0.0/16',
          subnets: { nodes: { cidr: '10.1.1.0/24' } },
          egress: 'none',
        }),
    ],
    ['mine/Group', () => new ResourceGroup(stack(), 'Group', { name: 'mine', location: 'japaneast' })],
    ['mine/Existing', () => ResourceGroup.fromName(stack(), 'Existing', 'mine', 'japaneast')],
    ['mine/Policy', () => new AccessPolicy(stack(), 'Policy', { name: 'deploy' })],
    ['mine/Shared', () => Network.fromNetworkAttributes(stack(), 'Shared', { vpcId: 'vpc-1' })],
  ])('%s says so in a sentence', (where, build) => {
    expect(build).toThrow(
      `${where}: scope: must be in a stack of the cdktf that kakehashi imports, got one of another copy of that library`,
    );
  });
});

test('every construct checks its core first', () => {
  for (const folder of ['aws', 'azure', 'vault']) {
    const room = path.join('constructs', folder);
    for (const file of readdirSync(room)) {
      const text = readFileSync(path.join(room, file), 'utf8');
      const classes = text.match(/extends Construct\b/g) ?? [];
      const checks = text.match(/super\(scope, id\);\n {4}checkCore\(this\);/g) ?? [];
      expect({ file, checks: checks.length }).toEqual({ file, checks: classes.length });
    }
  }
});
