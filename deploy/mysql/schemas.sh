#!/usr/bin/env bash
# Gives each secret *_database_url (mysql://USER:PASSWORD@HOST/SCHEMA) its schema and its user. What is there stays; a
# password is changed to the one in the URL.
set -euo pipefail

MYSQL_PWD=$(cat /run/secrets/mysql_root_password)
export MYSQL_PWD

for secret in /run/secrets/*_database_url; do
  url=$(cat "$secret")
  if [[ ! $url =~ ^mysql://([a-z0-9_]+):([A-Za-z0-9._-]+)@([^/:]+)(:([0-9]+))?/([a-z0-9_]+)$ ]]; then
    echo "$(basename "$secret") is no mysql://user:password@host/schema with a user and schema of [a-z0-9_] and a password of [A-Za-z0-9._-]." >&2
    exit 1
  fi
  user=${BASH_REMATCH[1]} password=${BASH_REMATCH[2]} host=${BASH_REMATCH[3]} port=${BASH_REMATCH[5]:-3306} schema=${BASH_REMATCH[6]}
  mysql --host="$host" --port="$port" --user=root <<SQL
CREATE DATABASE IF NOT EXISTS \`$schema\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER IF NOT EXISTS '$user'@'%' IDENTIFIED BY '$password';
ALTER USER '$user'@'%' IDENTIFIED BY '$password';
GRANT ALL ON \`$schema\`.* TO '$user'@'%';
SQL
  echo "schema $schema: there, with its user $user"
done
