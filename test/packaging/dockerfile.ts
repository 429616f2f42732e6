// Executes a Dockerfile without Docker: each stage is a folder that contains its absolute paths, and its steps
// run in order. Base images, users and layers are ignored.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One instruction with its unparsed arguments. */
export interface Step {
  readonly name: string;
  readonly args: string;
}

/** The instructions of a Dockerfile, with continuation lines joined and without comments. */
export function stepsOf(dockerfile: string): Step[] {
  return dockerfile
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', ...rest] = line.split(' ');
      return { name, args: rest.join(' ') };
    });
}

/** A stage after its last step. */
export interface Stage {
  readonly root: string;
  workdir: string;
  readonly env: Record<string, string>;
  command: readonly string[];
  healthcheck: string;
  user: string;
  readonly volumes: string[];
}

/** Executes all steps, with `context` as the source of COPY, and returns the last stage. */
export function build(steps: readonly Step[], folders: { context: string; root: string }): Stage {
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const { name, args } of steps) {
    if (name === 'FROM') {
      const alias = / AS (\S+)/.exec(args)?.[1] ?? `stage-${stages.size}`;
      stage = newStage(join(folders.root, alias));
      stages.set(alias, stage);
    } else if (stage === undefined) {
      throw new Error(`${name} before the first FROM`);
    } else {
      execute({ name, args }, stage, { context: folders.context, stages });
    }
  }
  if (stage === undefined) throw new Error('the Dockerfile has no FROM');
  return stage;
}

function newStage(root: string): Stage {
  mkdirSync(root, { recursive: true });
  return { root, workdir: '/', env: {}, command: [], healthcheck: '', user: 'root', volumes: [] };
}

interface BuildContext {
  readonly context: string;
  readonly stages: ReadonlyMap<string, Stage>;
}

function execute({ name, args }: Step, stage: Stage, build: BuildContext): void {
  switch (name) {
    case 'WORKDIR':
      stage.workdir = args;
      mkdirSync(join(stage.root, args), { recursive: true });
      break;
    case 'ENV': {
      const at = args.indexOf('=');
      stage.env[args.slice(0, at)] = inFolder(stage, args.slice(at + 1));
      break;
    }
    case 'COPY':
      copy(args, stage, build);
      break;
    case 'RUN':
      execFileSync('sh', ['-ec', inFolder(stage, args)], {
        cwd: join(stage.root, stage.workdir),
        stdio: 'inherit',
      });
      break;
    case 'USER':
      stage.user = args;
      break;
    case 'VOLUME':
      stage.volumes.push(args);
      break;
    case 'HEALTHCHECK':
      stage.healthcheck = args.slice(args.indexOf('CMD ') + 4);
      break;
    case 'CMD':
      stage.command = JSON.parse(args) as string[];
      break;
    case 'EXPOSE':
      break;
    default:
      throw new Error(`unknown instruction ${name}`);
  }
}

/** Replaces absolute paths of the image by paths in the folder of the stage. */
function inFolder({ root }: Stage, text: string): string {
  return text.replace(/(^|[\s=])(\/(?:app|home)\b)/g, `$1${root}$2`);
}

function copy(args: string, stage: Stage, { context, stages }: BuildContext): void {
  const words = args.split(/\s+/);
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  const paths = words.filter((word) => !word.startsWith('--'));
  const to = paths.pop() ?? '.';
  const origin = from === undefined ? context : (stages.get(from)?.root ?? '');
  for (const path of paths) {
    const target = to.endsWith('/') ? join(to, basename(path)) : to;
    cpSync(join(origin, path), join(stage.root, stage.workdir, target), { recursive: true });
  }
}
