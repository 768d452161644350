import { execFileSync } from 'node:child_process';

/** Is there a python3 to read back with what was written? */
export function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
