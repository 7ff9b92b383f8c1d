import { AWS_FLAVORS, AWS_SPOT_FLAVORS } from '../../../model/clouds/aws/flavors';
import { INSTANCE_TYPE_PATTERN } from '../../../model/clouds/aws/instance-types';
import { AZURE_FLAVORS } from '../../../model/clouds/azure/flavors';
import { VM_SIZE_PATTERN } from '../../../model/clouds/azure/vm-sizes';
import { FLAVORS_VERSION, type FlavorTables, flavorNamed } from '../../../model/nodes/flavors';

/** `name type disk volume-type` of each flavor. */
const lines = (tables: FlavorTables, set: 'current' | 'vcp'): string[] =>
  Object.entries(tables[set]).map(
    ([name, { machineType, volumeSize, volumeType }]) => `${name} ${machineType} ${volumeType} ${volumeSize}`,
  );

it("has VCP's own tables", () => {
  expect(lines(AWS_FLAVORS, 'vcp')).toEqual([
    'small m4.large gp2 16',
    'medium m4.xlarge gp2 40',
    'large m4.2xlarge gp2 100',
    'gpu g3.4xlarge gp2 40',
  ]);
  expect(lines(AWS_SPOT_FLAVORS, 'vcp')).toEqual([
    'small m4.large standard 16',
    'medium m4.xlarge standard 40',
    'large m4.2xlarge standard 100',
  ]);
  expect(lines(AZURE_FLAVORS, 'vcp')).toEqual([
    'small Standard_B1s Standard_LRS 40',
    'medium Standard_D3_v2 Standard_LRS 100',
    'large Standard_D4_v2 Premium_LRS 100',
  ]);
});

it('has tables of today, whose change needs another version', () => {
  expect(FLAVORS_VERSION).toBe(1);
  expect(lines(AWS_FLAVORS, 'current')).toEqual([
    'small m7i.large gp3 16',
    'medium m7i.xlarge gp3 40',
    'large m7i.2xlarge gp3 100',
    'gpu g5.xlarge gp3 100',
  ]);
  expect(AWS_SPOT_FLAVORS.current).toEqual(AWS_FLAVORS.current);
  expect(lines(AZURE_FLAVORS, 'current')).toEqual([
    'small Standard_B2s_v2 StandardSSD_LRS 40',
    'medium Standard_D4s_v5 StandardSSD_LRS 100',
    'large Standard_D8s_v5 Premium_LRS 100',
  ]);
});

it('names machine types in the form of their clouds', () => {
  const types = (tables: FlavorTables): string[] =>
    [tables.current, tables.vcp].flatMap((flavors) =>
      Object.values(flavors).map((flavor) => flavor.machineType),
    );
  for (const type of types(AWS_FLAVORS)) expect(type).toMatch(new RegExp(INSTANCE_TYPE_PATTERN));
  for (const type of types(AZURE_FLAVORS)) expect(type).toMatch(new RegExp(VM_SIZE_PATTERN));
});

it('finds a flavor by its name, and lists those that there are', () => {
  expect(flavorNamed(AWS_FLAVORS.current, 'small').machineType).toBe('m7i.large');
  expect(() => flavorNamed(AWS_FLAVORS.current, 'smal')).toThrow(
    'must be one of small, medium, large, gpu, got "smal"; did you mean "small"?',
  );
  expect(() => flavorNamed(AZURE_FLAVORS.vcp, 'gpu')).toThrow(
    'must be one of small, medium, large, got "gpu"',
  );
  expect(() => flavorNamed(AWS_FLAVORS.vcp, 'constructor')).toThrow('got "constructor"');
});
