import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { cleanEnv, root } from '../world/run-cli.ts';
import { type Contexts, holds, interpolate, type Value } from './expressions.ts';

/** One step as a workflow or an action writes it. */
export interface Step {
  name: string;
  id: string | null;
  uses: string | null;
  run: string | null;
  if: string | null;
  shell: string | null;
  env: Record<string, string>;
}

/** What became of one step. */
export interface StepResult {
  name: string;
  /** False where its `if:` did not hold, or it is an action of others. */
  ran: boolean;
  code: number | null;
  stdout: string;
  stderr: string;
  outputs: Record<string, string>;
}

export interface JobResult {
  conclusion: 'success' | 'failure';
  steps: StepResult[];
  /** What was written to GITHUB_STEP_SUMMARY. */
  summary: string;
  step(name: string): StepResult;
}

export interface JobOptions {
  /** The checkout in which the steps run. */
  folder: string;
  /** A folder for RUNNER_TEMP and the files of the runner; must be new. */
  temp: string;
  env: Record<string, string>;
  contexts?: Record<string, Value>;
}

type Loose = Record<string, unknown>;

const record = (value: unknown): Loose => (typeof value === 'object' && value !== null ? (value as Loose) : {});
const text = (value: unknown): string | null => (value === undefined || value === null ? null : String(value));

/** The YAML of a file, named from the root of the checkout. */
export function readYaml(path: string): Loose {
  return record(parse(readFileSync(resolve(root, path), 'utf8')));
}

/** The steps of a workflow's job, or of a composite action where no job is named. */
export function stepsOf(path: string, job: string | null): Step[] {
  const file = readYaml(path);
  const place = job === null ? record(file.runs) : record(record(file.jobs)[job]);
  if (!Array.isArray(place.steps)) throw new Error(`${path}: no steps`);
  return place.steps.map((entry: unknown, at) => {
    const step = record(entry);
    return {
      name: text(step.name) ?? text(step.uses) ?? text(step.run) ?? `step ${at + 1}`,
      id: text(step.id),
      uses: text(step.uses),
      run: text(step.run),
      if: text(step.if),
      shell: text(step.shell),
      env: Object.fromEntries(Object.entries(record(step.env)).map(([key, value]) => [key, String(value)])),
    };
  });
}

/** Runs the scripts of steps one after the other as GitHub's runner does: `if:`, env, outputs, summary, exit codes. */
export async function runJob(steps: readonly Step[], options: JobOptions): Promise<JobResult> {
  mkdirSync(options.temp, { recursive: true });
  const summaryFile = join(options.temp, 'step-summary.md');
  writeFileSync(summaryFile, '');
  const contexts = new Map<string, Value>(Object.entries(options.contexts ?? {}));
  const results: StepResult[] = [];
  let failed = false;
  for (const [at, step] of steps.entries()) {
    const result: StepResult = { name: step.name, ran: false, code: null, stdout: '', stderr: '', outputs: {} };
    results.push(result);
    if (step.run === null || !holds(step.if, contexts, failed)) continue;
    const outputs = join(options.temp, `output-${at}`);
    writeFileSync(outputs, '');
    const files = { GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summaryFile, RUNNER_TEMP: options.temp };
    result.ran = true;
    Object.assign(result, await runScript(step, contexts, failed, files, options));
    result.outputs = readOutputs(outputs);
    for (const [name, value] of Object.entries(result.outputs)) contexts.set(`steps.${step.id}.outputs.${name}`, value);
    if (result.code !== null && result.code !== 0) failed = true;
  }
  return {
    conclusion: failed ? 'failure' : 'success',
    steps: results,
    summary: readFileSync(summaryFile, 'utf8'),
    step(name) {
      const found = results.find((result) => result.name === name);
      if (found === undefined) throw new Error(`no step ${name}`);
      return found;
    },
  };
}

function runScript(
  step: Step,
  contexts: Contexts,
  failed: boolean,
  files: Record<string, string>,
  { folder, temp, env }: JobOptions,
): Promise<Pick<StepResult, 'code' | 'stdout' | 'stderr'>> {
  const script = join(temp, 'step.sh');
  writeFileSync(script, interpolate(step.run ?? '', contexts, failed));
  // How the runner starts bash: with pipefail only where a step names its shell.
  const args = step.shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail', script] : ['-e', script];
  const own = Object.fromEntries(
    Object.entries(step.env).map(([key, value]) => [key, interpolate(value, contexts, failed)]),
  );
  const child = spawn('bash', args, {
    cwd: folder,
    env: cleanEnv({ CI: 'true', GITHUB_ACTIONS: 'true', ...env, ...files, ...own }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    out.stderr += chunk;
  });
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, ...out })));
}

/** `name=value` lines of GITHUB_OUTPUT. */
function readOutputs(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  const lines = readFileSync(path, 'utf8').split('\n');
  return Object.fromEntries(
    lines
      .filter((line) => line.includes('='))
      .map((line) => [line.split('=', 1)[0], line.slice(line.indexOf('=') + 1)]),
  );
}

/** The commands that GitHub's runner would take out of a step's output: `::name …::` after white space, `##[name]` anywhere. */
export function runnerCommands(output: string): string[] {
  return output.split(/\r?\n|\r/).flatMap((line) => {
    const known = /^\s*::([\w-]+)(?: .*?)?::/.exec(line);
    if (known !== null) return [line.trim()];
    const old = /##\[([^\]]*)\]/.exec(line);
    return old === null ? [] : [old[0]];
  });
}
