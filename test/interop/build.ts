// Builds the two Java programs, HL7's validator and the HAPI server, once per run. Only the first build
// downloads packages; afterwards Maven runs offline with its local repository.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Class path of the Java programs; empty on a machine without Java or Maven. */
    classPath: string;
  }
}

/** Provides the class path. Without Java or Maven the tests are skipped with a message; in CI that is an error. */
export default function setup({ provide }: TestProject): void {
  const missing = ['java', 'mvn'].filter((tool) => !succeeds(tool, ['-version']));
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
  if (!succeeds('mvn', ['-o', ...pom])) {
    const { status, stdout, stderr } = spawnSync('mvn', pom, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the Java programs cannot be built:\n${stdout}${stderr}`);
  }
  const target = join(import.meta.dirname, 'target');
  return `${join(target, 'classes')}:${readFileSync(join(target, 'classpath'), 'utf8').trim()}`;
}

function succeeds(tool: string, args: readonly string[]): boolean {
  return spawnSync(tool, args, { stdio: 'ignore' }).status === 0;
}
