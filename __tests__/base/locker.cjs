// Takes and gives back a lock, from the sources, in a process of its own:
//   node locker.cjs <lock file> <counter file> <rounds> <rounds after which it kills itself, or 0>
// In each round it adds one to the counter, reading and writing it apart, and makes a witness file that must not be there.
// With 0 rounds it goes on until it is killed, which may be at any point: it leaves the counter alone, and the witness that
// it finds may be one of a process that has ended.
const { existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const options = {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  };
  module._compile(transformFileSync(file, options).code, file);
};

const { takePidLock } = require('../../base/pid-lock.ts');
const { PidLockError } = require('../../base/pid-lock-error.ts');
const { isRunning } = require('../../base/process-identity.ts');

const [lock, counter, rounds, killedAfter] = process.argv.slice(2);
const witness = `${counter}.witness`;
const clock = new Int32Array(new SharedArrayBuffer(4));
const pause = () => Atomics.wait(clock, 0, 0, 1 + Math.random() * 3);

function taken() {
  for (;;) {
    try {
      return takePidLock(lock);
    } catch (error) {
      if (!(error instanceof PidLockError) || error.refusal.kind !== 'held') throw error;
      pause();
    }
  }
}

if (rounds === '0') {
  for (let round = 1; ; round++) {
    const held = taken();
    const other = existsSync(witness) ? Number(readFileSync(witness, 'utf8')) : 0;
    if (other > 0 && isRunning(other)) throw new Error(`process ${other} holds the lock too`);
    writeFileSync(witness, String(process.pid));
    if (Math.random() < 0.2) pause();
    rmSync(witness);
    held.release();
    if (round === 1) process.stdout.write('ready\n');
  }
}

for (let round = 1; round <= Number(rounds); round++) {
  const held = taken();
  writeFileSync(witness, '', { flag: 'wx' });
  const count = Number(readFileSync(counter, 'utf8'));
  if (round % 10 === 0) pause();
  writeFileSync(counter, String(count + 1));
  rmSync(witness);
  if (round === Number(killedAfter)) process.kill(process.pid, 'SIGKILL');
  held.release();
}
