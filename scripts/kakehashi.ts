#!/usr/bin/env node
import { main } from './cli/main';

// Whoever reads our output may go away (`| head`): what runs goes on, and the rest is not printed.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = 1;
  });
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
