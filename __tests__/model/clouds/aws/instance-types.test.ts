import {
  hasGpu,
  INSTANCE_TYPE_PATTERN,
  instanceArchitecture,
} from '../../../../model/clouds/aws/instance-types';

const ARM =
  'a1.medium t4g.nano m6g.large m6gd.metal m7g.large c6g.xlarge c6gn.large c7gn.metal r8g.24xlarge x2gd.medium im4gn.large is4gen.8xlarge hpc7g.16xlarge g5g.xlarge i4g.large i8g.metal-48xl m8gb.large x8g.large p6e-gb200.36xlarge';
const X86 =
  't1.micro t3.small m4.large m7i.large m7i-flex.large m7a.metal-48xl c6in.32xlarge g3.4xlarge g4dn.xlarge g4ad.xlarge g5.xlarge g6.xlarge gr6.4xlarge p2.xlarge p4de.24xlarge p6-b200.48xlarge inf2.xlarge trn1n.32xlarge u-6tb1.112xlarge u7i-12tb.224xlarge u7in-24tb.224xlarge i7ie.large hpc6a.48xlarge d3en.xlarge dl1.24xlarge vt1.3xlarge f2.6xlarge x2iedn.metal';

it.each(ARM.split(' '))('%s is of the arm64 architecture', (type) => {
  expect(type).toMatch(new RegExp(INSTANCE_TYPE_PATTERN));
  expect(instanceArchitecture(type)).toBe('arm64');
});

it.each(X86.split(' '))('%s is of the x86_64 architecture', (type) => {
  expect(type).toMatch(new RegExp(INSTANCE_TYPE_PATTERN));
  expect(instanceArchitecture(type)).toBe('x86_64');
});

it.each([
  '',
  'm7i',
  'm7i.',
  'm7i.2large',
  'm7i.LARGE',
  'large',
  'mac2.metal',
  'mac2-m2pro.metal',
  'm7i.large\n',
  'Standard_D2_v3',
])('%j is no instance type for nodes', (text) => expect(text).not.toMatch(new RegExp(INSTANCE_TYPE_PATTERN)));

it('knows the types that have a GPU', () => {
  expect([...ARM.split(' '), ...X86.split(' ')].filter(hasGpu)).toEqual(
    'g5g.xlarge p6e-gb200.36xlarge g3.4xlarge g4dn.xlarge g4ad.xlarge g5.xlarge g6.xlarge gr6.4xlarge p2.xlarge p4de.24xlarge p6-b200.48xlarge'.split(
      ' ',
    ),
  );
});
