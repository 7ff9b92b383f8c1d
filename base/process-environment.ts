import { readFileSync } from 'node:fs';

/** The environment that a process was started with; empty where the system does not show it (proc_pid_environ(5)). */
export function environmentOf(pid: number): NodeJS.ProcessEnv {
  const variables: NodeJS.ProcessEnv = {};
  for (const pair of readEnvironment(pid).split('\0')) {
    const end = pair.indexOf('=');
    if (end > 0) variables[pair.slice(0, end)] = pair.slice(end + 1);
  }
  return variables;
}

function readEnvironment(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
