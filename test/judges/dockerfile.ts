// A Dockerfile carried out without Docker: each stage is a folder, its absolute paths lie below it,
// and every step runs in order. What needs a daemon (base images, users, layers) is passed over.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One instruction with its arguments as written. */
export interface Step {
  readonly name: string;
  readonly args: string;
}

/** The instructions of a Dockerfile, continuation lines joined, comments left out. */
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

/** A stage as it stands after its last step. */
export interface Stage {
  readonly root: string;
  workdir: string;
  readonly env: Record<string, string>;
  command: readonly string[];
  healthcheck: string;
  user: string;
  readonly volumes: string[];
}

/** Carries out all steps; `context` is the folder that COPY copies from. Gives the last stage. */
export function build(steps: readonly Step[], folders: { context: string; root: string }): Stage {
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const { name, args } of steps) {
    if (name === 'FROM') {
      const alias = / AS (\S+)/.exec(args)?.[1] ?? `stage-${stages.size}`;
      stage = newStage(join(folders.root, alias));
      stages.set(alias, stage);
    } else if (stage === undefined) {
      throw new Error(`${name} stands before the first FROM`);
    } else {
      carryOut({ name, args }, stage, { context: folders.context, stages });
    }
  }
  if (stage === undefined) throw new Error('no stage');
  return stage;
}

function newStage(root: string): Stage {
  mkdirSync(root, { recursive: true });
  return { root, workdir: '/', env: {}, command: [], healthcheck: '', user: 'root', volumes: [] };
}

interface World {
  readonly context: string;
  readonly stages: ReadonlyMap<string, Stage>;
}

function carryOut({ name, args }: Step, stage: Stage, world: World): void {
  switch (name) {
    case 'WORKDIR':
      stage.workdir = args;
      mkdirSync(join(stage.root, args), { recursive: true });
      break;
    case 'ENV': {
      const at = args.indexOf('=');
      stage.env[args.slice(0, at)] = below(stage, args.slice(at + 1));
      break;
    }
    case 'COPY':
      copy(args, stage, world);
      break;
    case 'RUN':
      execFileSync('sh', ['-ec', below(stage, args)], {
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
      throw new Error(`${name} is not known here`);
  }
}

/** Absolute paths of the image lie below the stage's folder. */
function below({ root }: Stage, text: string): string {
  return text.replace(/(^|[\s=])(\/(?:app|home)\b)/g, `$1${root}$2`);
}

function copy(args: string, stage: Stage, { context, stages }: World): void {
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
