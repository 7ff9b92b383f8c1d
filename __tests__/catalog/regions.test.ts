import { changed, GOOD, problemLines, tryLoad } from './folder-of';

const inRegion = (region: string, zone = `${region}a`): string =>
  changed(['aws_region: ap-northeast-1', `aws_region: ${region}`], ['ap-northeast-1a', zone]);

const SKIP = 'providers: { aws: { skip_region_validation: true } }\n';
const HELP =
  'where AWS has it and the list here is older, write providers.aws.skip_region_validation: true; see docs/catalog.md';

describe('the region of a created entry', () => {
  test.each([
    ['eu-centrl-1', 'eu-central-1'],
    ['ap-notheast-1', 'ap-northeast-1'],
    ['us-esat-1', 'us-east-1'],
    ['us-east-3', 'us-east-1'],
  ])('%s is refused, and %s suggested', (region, meant) => {
    const column = `9:17-${17 + region.length}`;
    expect(problemLines({ 'dev.yml': inRegion(region) })).toEqual([
      `dev.yml:${column} unknown-region aws.default.aws_region: must be a region of AWS, got "${region}"; did you mean "${meant}"? | ${HELP}`,
    ]);
  });

  test('that resembles none is refused without a suggestion', () => {
    expect(problemLines({ 'dev.yml': inRegion('xx-anywhere-1') })).toEqual([
      `dev.yml:9:17-30 unknown-region aws.default.aws_region: must be a region of AWS, got "xx-anywhere-1" | ${HELP}`,
    ]);
  });

  test.each(['ap-southeast-7', 'us-gov-west-1', 'cn-northwest-1', 'eusc-de-east-1', 'us-isob-east-1'])(
    '%s is known, whatever its partition',
    (region) => {
      expect(problemLines({ 'dev.yml': inRegion(region) })).toEqual([]);
    },
  );

  test.each(['ap-southeast-8', 'xx-anywhere-1'])(
    '%s may be newer than the list where that is said',
    (region) => {
      const { loaded, problems } = tryLoad({ 'dev.yml': `${inRegion(region)}${SKIP}` });
      expect(problems.map(({ severity, code }) => [severity, code])).toEqual([['warning', 'unknown-region']]);
      expect(loaded?.catalog.kinds['aws-network']?.settings.skipRegionValidation).toBe(true);
    },
  );

  test('is not newer but misspelt where its letters are near to a known one', () => {
    const [line] = problemLines({ 'dev.yml': `${inRegion('eu-centrl-1')}${SKIP}` });
    expect(line).toMatch(/^dev.yml:9:17-28 unknown-region .* did you mean "eu-central-1"/);
  });
});

test('the region of an adopted entry is refused where it is misspelt, and else a warning', () => {
  const adopted = (region: string) => changed(['aws_region: us-west-2', `aws_region: ${region}`]);
  expect(problemLines({ 'dev.yml': adopted('us-wets-2') })).toEqual([
    expect.stringMatching(/^dev.yml:21:17-26 unknown-region aws.adopted.aws_region: must be a region of AWS/),
  ]);
  expect(problemLines({ 'dev.yml': adopted('us-west-9') })).toEqual([
    expect.stringMatching(/^dev.yml:21:17-26 warning unknown-region .* did you mean "us-west-1"/),
  ]);
});

test('the region of an s3 backend is checked as Terraform does', () => {
  const backend = (rest: string) =>
    `${GOOD}backend: { type: s3, bucket: states, region: eu-centrl-1${rest} }\n`;
  expect(problemLines({ 'dev.yml': backend('') })).toEqual([
    expect.stringMatching(
      /^dev.yml:29:46-57 unknown-region backend.region: .* did you mean "eu-central-1"\? \| for a store/,
    ),
  ]);
  expect(problemLines({ 'dev.yml': backend(', skip_region_validation: true') })).toEqual([]);
});

describe('a zone', () => {
  test.each([
    ['ap-northeast-1', 'ap-northeast-1d'],
    ['ap-northeast-1', 'ap-northeast-1-tpe-1a'],
    ['us-west-2', 'us-west-2-lax-1b'],
    ['us-east-1', 'us-east-1-wl1-bos-wlz-1'],
    ['eusc-de-east-1', 'eusc-de-east-1a'],
  ])('of %s may be %s', (region, zone) => {
    expect(problemLines({ 'dev.yml': inRegion(region, zone) })).toEqual([]);
  });

  test.each([
    ['us-east-1', 'us-east-2a', 'zone-of-another-region'],
    ['us-east-1', 'us-west-2-lax-1b', 'zone-of-another-region'],
    ['us-east-1', 'us-east-1', 'bad-value'],
    ['us-east-1', 'us-east-1ab', 'bad-value'],
    ['us-east-1', 'us-east-1-wl1-bos', 'bad-value'],
  ])('of %s may not be %s', (region, zone, code) => {
    const [line, ...others] = problemLines({ 'dev.yml': inRegion(region, zone) });
    expect(line).toContain(` ${code} aws.default.aws_availability_zone: `);
    expect(others).toEqual([]);
  });
});
