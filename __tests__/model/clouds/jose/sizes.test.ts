import { JOSE_DEFAULTS, JOSE_SIZES, joseSizeNamed } from '../../../../model/clouds/jose/sizes';

it('has the sizes of the guide', () => {
  expect(
    Object.entries(JOSE_SIZES).map(([name, { kind, cores, threads, memoryGb }]) =>
      [name, kind, `${cores}/${threads ?? '-'}`, memoryGb].join(' '),
    ),
  ).toEqual([
    'jose-storage-default storage-vm 1/- 8',
    'jose-storage-2x4 storage-vm 2/4 16',
    'jose-compute-1x1 compute-vm 1/1 4',
    'jose-compute-1x2 compute-vm 1/2 8',
    'jose-compute-2x4 compute-vm 2/4 16',
    'jose-compute-4x8 compute-vm 4/8 32',
    'jose-compute-7x14 compute-vm 7/14 56',
  ]);
});

it('has a default for each kind of machine', () => {
  expect(joseSizeNamed('storage-vm', JOSE_DEFAULTS['storage-vm'])).toMatchObject({ cores: 1, memoryGb: 8 });
  expect(joseSizeNamed('compute-vm', JOSE_DEFAULTS['compute-vm'])).toMatchObject({ cores: 2, memoryGb: 16 });
});

it('refuses a size of the other kind', () => {
  expect(() => joseSizeNamed('storage-vm', 'jose-compute-2x4')).toThrow(
    'must be one of jose-storage-default, jose-storage-2x4, got "jose-compute-2x4"',
  );
});
