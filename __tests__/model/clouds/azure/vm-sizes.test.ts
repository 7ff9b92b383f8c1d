import { hasGpu, sizeArchitecture, VM_SIZE_PATTERN } from '../../../../model/clouds/azure/vm-sizes';

const ARM =
  'Standard_D4ps_v5 Standard_D4pds_v5 Standard_D4plds_v5 Standard_E4ps_v5 Standard_E4pds_v6 Standard_B2pts_v2 Standard_D2pls_v6 Standard_ND128isr_NDR_GB200_v6';
const X86 =
  'Basic_A0 Standard_A1_v2 Standard_B1s Standard_B2s_v2 Standard_D3_v2 Standard_D4s_v5 Standard_D4ads_v5 Standard_DC4as_v5 Standard_E64-16s_v3 Standard_F8s_v2 Standard_M128ms Standard_NC24ads_A100_v4 Standard_ND96isr_H100_v5 Standard_NV36ads_A10_v5 Standard_NP10s Standard_HB120rs_v3 Standard_L8s_v3';

it.each(ARM.split(' '))('%s is of the arm64 architecture', (size) => {
  expect(size).toMatch(new RegExp(VM_SIZE_PATTERN));
  expect(sizeArchitecture(size)).toBe('arm64');
});

it.each(X86.split(' '))('%s is of the x86_64 architecture', (size) => {
  expect(size).toMatch(new RegExp(VM_SIZE_PATTERN));
  expect(sizeArchitecture(size)).toBe('x86_64');
});

it.each(['', 'D4s_v5', 'standard_D4s_v5', 'Standard_D', 'Standard_D4s-v5', 'Standard_D4s_v5\n', 'm7i.large'])(
  '%j is no size',
  (text) => expect(text).not.toMatch(new RegExp(VM_SIZE_PATTERN)),
);

it('knows the sizes that have a GPU', () => {
  expect([...ARM.split(' '), ...X86.split(' ')].filter(hasGpu)).toEqual([
    'Standard_ND128isr_NDR_GB200_v6',
    'Standard_NC24ads_A100_v4',
    'Standard_ND96isr_H100_v5',
    'Standard_NV36ads_A10_v5',
  ]);
});
