// Builds the two Java judges once per run. Only a machine's first build downloads: the packages stay in
// Maven's local repository, and with them there Maven is not let onto the network.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Class path of the judges; empty on a machine without Java or Maven. */
    classPath: string;
  }
}

/** Provides the class path, or says aloud that there will be no judging; in CI that is a failure. */
export default function setup({ provide }: TestProject): void {
  const missing = ['java', 'mvn'].filter((tool) => !answers(tool, ['-version']));
  if (missing.length === 0) {
    provide('classPath', build());
    return;
  }
  const message = `SKIPPED: HL7's validator and the HAPI server need ${missing.join(' and ')} (JDK 17, Maven 3.8)`;
  if (process.env.CI === 'true') throw new Error(message);
  console.log(message);
  provide('classPath', '');
}

function build(): string {
  const pom = ['-q', '-B', '-f', join(import.meta.dirname, 'pom.xml'), 'compile'];
  if (!answers('mvn', ['-o', ...pom])) {
    const { status, stdout, stderr } = spawnSync('mvn', pom, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the Java judges do not build:\n${stdout}${stderr}`);
  }
  const target = join(import.meta.dirname, 'target');
  return `${join(target, 'classes')}:${readFileSync(join(target, 'classpath'), 'utf8').trim()}`;
}

function answers(tool: string, args: readonly string[]): boolean {
  return spawnSync(tool, args, { stdio: 'ignore' }).status === 0;
}
