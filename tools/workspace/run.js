// Plain JavaScript that any Node can read, so that one too old to run the rest is told what to do about it.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Gatehouse needs Node 22.18 or newer, and this is ${process.versions.node}. ` +
      'Run `npm ci` (it brings a Node of its own where there is one for this machine) and use the npm scripts, or install a newer Node.',
  );
  process.exit(1);
}

const { main } = await import('./src/main.ts');
process.exitCode = await main(process.argv.slice(2));
