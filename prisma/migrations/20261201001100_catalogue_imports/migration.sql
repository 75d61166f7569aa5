-- Products that came in as a file: what was uploaded, what it changed, and what was there before, so that it can be undone.

create table catalogue_import (
  wholesaler_id   text not null references wholesaler,
  id              uuid not null,
  -- uploaded: looked at, nothing changed yet. replaced: mended as another upload, or given up.
  state           text not null default 'uploaded' check (state in ('uploaded', 'applied', 'undone', 'replaced')),
  filename        text not null check (length(filename) <= 200),
  -- How the bytes were read: 'utf-8', 'utf-16le', 'windows-1252' ...
  encoding        text not null check (length(encoding) <= 40),
  -- What was uploaded, until it is applied: nobody loses a file because of a mistake in it.
  source          text check (length(source) <= 6000000),
  uploaded_by     text not null,
  uploaded_at     timestamptz not null default app_clock(),
  added           integer not null default 0 check (added >= 0),
  changed         integer not null default 0 check (changed >= 0),
  switched_off    integer not null default 0 check (switched_off >= 0),
  applied_by      text,
  applied_at      timestamptz,
  undone_by       text,
  undone_at       timestamptz,
  primary key (wholesaler_id, id),
  check ((source is not null) = (state = 'uploaded')),
  check ((applied_at is not null) = (state in ('applied', 'undone'))),
  check ((undone_at is not null) = (state = 'undone'))
);
create index catalogue_import_applied on catalogue_import (wholesaler_id, applied_at) where applied_at is not null;

-- One product that an import wrote: as it was (null: it was not there) and as it became.
create table catalogue_import_row (
  wholesaler_id text not null,
  import_id     uuid not null,
  sku           text not null,
  before        jsonb,
  after         jsonb not null,
  -- Whether undoing put it back; false: somebody had changed it since, so it stayed. Null: not undone.
  restored      boolean,
  primary key (wholesaler_id, import_id, sku),
  foreign key (wholesaler_id, import_id) references catalogue_import on delete cascade
);

-- The list of the catalogue goes by name.
create index product_by_name on product (wholesaler_id, name, sku);

grant select, insert, update, delete on catalogue_import, catalogue_import_row to orderlock_app;
