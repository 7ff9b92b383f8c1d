#!/usr/bin/env node
/*
 * A Terraform that plays a script and refuses every call that is not in it.
 *
 * SCRIPTED_TERRAFORM names a folder with `script.json`: a list of
 *   {on, stack?, times?, say?, sayAtEnd?, exit?, seconds?, write?, hang?}
 * `on` is the command (`plan`), `stack` the folder's name that it must run in; `say` are lines for stdout (objects are
 * printed as JSON), `sayAtEnd` lines that it prints before it ends by itself, `write` files to write into the folder,
 * `seconds` how long it takes, `hang` waits for a SIGINT and then exits with 1, after 0.3 s or `seconds`. Each entry answers
 * `times` calls (default 1). A `show` that no entry answers tells the plan of that folder that an entry made, and is not noted. What was called is appended to `calls.jsonl` there, and every SIGINT with it.
 * `SCRIPTED_TERRAFORM_ENVIRONMENT` names variables, separated by commas, whose digests are noted too.
 */
const { createHash } = require('node:crypto');
const { appendFileSync, closeSync, openSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const folder = process.env.SCRIPTED_TERRAFORM;
const args = process.argv.slice(2);
const stack = path.basename(process.cwd());
const note = (line) => appendFileSync(path.join(folder, 'calls.jsonl'), `${JSON.stringify(line)}\n`);

/** Takes one of the entry's uses; two processes never take the same one. */
function take(index, times) {
  for (let use = 0; use < times; use += 1) {
    try {
      closeSync(openSync(path.join(folder, `used-${index}-${use}`), 'wx'));
      return true;
    } catch {
      // taken already
    }
  }
  return false;
}

const script = JSON.parse(readFileSync(path.join(folder, 'script.json'), 'utf8'));
const entry = script.find(
  ({ on, stack: wanted, times = 1 }, index) =>
    on === args[0] && (wanted === undefined || wanted === stack) && take(index, times),
);
if (entry === undefined && args[0] === 'show') showPlan();
const digests = (process.env.SCRIPTED_TERRAFORM_ENVIRONMENT ?? '')
  .split(',')
  .filter((name) => process.env[name] !== undefined)
  .map((name) => [name, createHash('sha256').update(process.env[name]).digest('hex')]);
const given = digests.length > 0 ? { environment: Object.fromEntries(digests) } : {};
note({ args, stack, umask: process.umask(), scripted: entry !== undefined, at: Date.now(), ...given });
if (entry === undefined) {
  process.stderr.write(`scripted terraform: unscripted call in ${stack}: ${args.join(' ')}\n`);
  process.exit(97);
}

/** Prints what the messages of a scripted plan say, as `terraform show -json` does. */
function showPlan() {
  let plan;
  try {
    plan = JSON.parse(readFileSync('scripted-plan.json', 'utf8'));
  } catch {
    return;
  }
  const actions = {
    create: ['create'],
    update: ['update'],
    delete: ['delete'],
    replace: ['delete', 'create'],
  };
  const changes = plan.filter(({ type }) => type === 'planned_change');
  const outputs = Object.assign(
    {},
    ...plan.map((message) => (message.type === 'outputs' ? message.outputs : {})),
  );
  const shown = {
    resource_changes: changes.map(({ change: { resource, action } }) => ({
      address: resource.addr,
      type: resource.resource_type,
      change: { actions: actions[action] ?? [action], before: null, after: {}, after_unknown: {} },
    })),
    output_changes: Object.fromEntries(
      Object.entries(outputs).map(([name, { action = 'noop' }]) => [
        name,
        { actions: [action === 'noop' ? 'no-op' : action], before: null, after: {}, after_unknown: {} },
      ]),
    ),
  };
  process.stdout.write(`${JSON.stringify(shown)}\n`);
  process.exit(0);
}

const { say = [], sayAtEnd = [], exit = 0, seconds = 0, write = {}, hang = false } = entry;
const print = (line) => process.stdout.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
say.forEach(print);
for (const [name, text] of Object.entries(write)) writeFileSync(name, text, { mode: 0o644 });
const out = args.find((arg) => arg.startsWith('-out='));
if (out !== undefined && exit === 0) {
  const messages = say.filter((line) => typeof line !== 'string');
  writeFileSync('scripted-plan.json', JSON.stringify(messages));
  writeFileSync(out.slice(5), `plan ${stack} ${Date.now()} ${Math.random()}`);
}

process.on('SIGINT', () => {
  note({ signal: 'SIGINT', stack });
  if (hang) setTimeout(() => process.exit(1), seconds > 0 ? seconds * 1000 : 300);
});
if (hang) setInterval(() => undefined, 1000);
else
  setTimeout(() => {
    sayAtEnd.forEach(print);
    note({ ended: args[0], stack, at: Date.now() });
    process.exit(exit);
  }, seconds * 1000);
