import { leaseTime } from '../../../../scripts/run/nodes/lease-time';

afterEach(() => {
  delete process.env.TF_VAR_now;
});

it('is that of the variable now, as Terraform has it', () => {
  process.env.TF_VAR_now = '2026-12-01T00:00:00Z';
  expect(leaseTime()).toBe(Date.UTC(2026, 11, 1));
});

it.each([undefined, '', 'soon'])('is the time of this machine where now is %p', (now) => {
  if (now !== undefined) process.env.TF_VAR_now = now;
  const before = Date.now();
  expect(leaseTime()).toBeGreaterThanOrEqual(before);
  expect(leaseTime()).toBeLessThanOrEqual(Date.now());
});
