import '../../stacks/fast-tokens';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { DataResource } from 'cdktf/lib/terraform-data-resource';
import { Lease } from '../../constructs/lease';
import { temporaryFolder } from '../support/catalog-folder';
import { describeWith } from '../support/programs';
import { withoutComments } from '../support/synthesized';

jest.setTimeout(120_000);

/** A stack with a lease of 50 minutes and something that is there while it lives. */
function stackText(): string {
  const stack = new TerraformStack(Testing.app(), 'stack');
  Lease.nowVariable(stack);
  const lease = new Lease(stack, 'Lease', { seconds: 3000 });
  const leased = new DataResource(stack, 'Leased');
  leased.addOverride('count', `\${${lease.liveExpression} ? 1 : 0}`);
  for (const [name, value] of Object.entries({ start: lease.start, end: lease.end, live: lease.live }))
    new TerraformOutput(stack, name, { value, staticId: true });
  return JSON.stringify(withoutComments(JSON.parse(Testing.synth(stack, true))));
}

describe('a lease', () => {
  it('has no clock in what is synthesized', () => {
    const { resource, variable } = JSON.parse(stackText());
    const [name, record] = Object.entries(resource.terraform_data).find(([key]) => /^Lease_/.test(key)) ?? [];
    expect(record).toEqual({
      input: '${coalesce(var.now, plantimestamp())}',
      lifecycle: { ignore_changes: ['input'] },
    });
    expect(variable).toEqual({
      now: {
        default: '',
        description: 'The time of the plan, in RFC 3339; for tests alone',
        nullable: false,
        type: 'string',
      },
    });
    expect(JSON.parse(stackText()).output).toEqual({
      start: { value: `\${terraform_data.${name}.input}` },
      end: { value: `\${timeadd(terraform_data.${name}.input, "3000s")}` },
      live: {
        value: `\${timecmp(timeadd(terraform_data.${name}.input, "3000s"), coalesce(var.now, plantimestamp())) > 0}`,
      },
    });
  });
});

describeWith('terraform', 'a lease in the real Terraform', () => {
  const folder = temporaryFolder();
  const terraform = (now: string | undefined, ...args: string[]): string =>
    execFileSync('terraform', args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, CHECKPOINT_DISABLE: '1', ...(now === undefined ? {} : { TF_VAR_now: now }) },
    });
  const apply = (now: string | undefined, ...args: string[]): string => {
    const text = terraform(now, 'apply', '-auto-approve', '-input=false', '-no-color', ...args);
    return /Apply complete! (.*)\./.exec(text)?.[1] ?? text;
  };
  const outputs = (): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries<{ readonly value: unknown }>(JSON.parse(terraform(undefined, 'output', '-json'))).map(
        ([name, { value }]) => [name, value],
      ),
    );

  it('begins with the first apply, stays through others, ends, and begins anew where it is replaced', () => {
    writeFileSync(join(folder, 'main.tf.json'), stackText());
    terraform(undefined, 'init', '-input=false', '-no-color');
    expect(apply('2030-01-01T00:00:00Z')).toBe('Resources: 2 added, 0 changed, 0 destroyed');
    const first = { start: '2030-01-01T00:00:00Z', end: '2030-01-01T00:50:00Z' };
    expect(outputs()).toEqual({ ...first, live: true });
    // A plan without changes: neither resources nor outputs.
    expect(
      terraform('2030-01-01T00:20:00Z', 'plan', '-no-color', '-input=false', '-detailed-exitcode'),
    ).toContain('No changes.');
    expect(apply('2030-01-01T00:49:59Z')).toBe('Resources: 0 added, 0 changed, 0 destroyed');
    expect(apply('2030-01-01T00:50:00Z')).toBe('Resources: 0 added, 0 changed, 1 destroyed');
    expect(outputs()).toEqual({ ...first, live: false });
    expect(apply('2030-01-02T00:00:00Z')).toBe('Resources: 0 added, 0 changed, 0 destroyed');
    const [record] = terraform(undefined, 'state', 'list').trim().split('\n');
    expect(apply('2030-01-03T00:00:00Z', `-replace=${record}`)).toBe(
      'Resources: 2 added, 0 changed, 1 destroyed',
    );
    expect(outputs()).toEqual({
      start: '2030-01-03T00:00:00Z',
      end: '2030-01-03T00:50:00Z',
      live: true,
    });
    // Renewed before its end, it goes on from now, and what lives by it stays.
    expect(apply('2030-01-03T00:40:00Z', `-replace=${record}`)).toBe(
      'Resources: 1 added, 0 changed, 1 destroyed',
    );
    expect(outputs()).toMatchObject({ end: '2030-01-03T01:30:00Z' });
  });

  it('takes the time of the plan without the variable', () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const [record] = terraform(undefined, 'state', 'list').trim().split('\n');
    apply(undefined, `-replace=${record}`);
    const start = Date.parse(String(outputs().start));
    expect(start).toBeGreaterThanOrEqual(before);
    expect(start).toBeLessThanOrEqual(Date.now());
  });
});
