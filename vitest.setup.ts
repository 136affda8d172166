import 'reflect-metadata';

// What the terminal of this run wants is no part of what the tests look at, nor of what their processes write.
delete process.env['FORCE_COLOR'];
delete process.env['NO_COLOR'];
delete process.env['CI']; // Some tools colour what they write where it is set.
