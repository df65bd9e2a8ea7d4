use sea_orm_migration::{
    prelude::*,
    sea_query::{ForeignKeyCreateStatement, IndexCreateStatement, TableCreateStatement},
};

/// A table whose key begins with the municipality, and in a case with the citizen, so that an id used elsewhere simply
/// is another row.
pub struct Table {
    name: &'static str,
    statement: TableCreateStatement,
    indices: Vec<IndexCreateStatement>,
}

const MUNICIPALITY: &[&str] = &["municipality_id"];
const CASE: &[&str] = &["municipality_id", "citizen_id"];

impl Table {
    pub fn of_municipality(name: &'static str, key: &[&'static str]) -> Self {
        Self::new(name, MUNICIPALITY, key)
    }

    pub fn of_case(name: &'static str, key: &[&'static str]) -> Self {
        Self::new(name, CASE, key)
    }

    fn new(name: &'static str, prefix: &'static [&'static str], key: &[&'static str]) -> Self {
        let mut primary = Index::create();
        for column in prefix.iter().chain(key) {
            primary.col(*column);
        }
        let mut statement = sea_query::Table::create();
        statement.table(name).primary_key(&mut primary);
        for column in prefix {
            statement.col(ColumnDef::new(*column).uuid().not_null());
        }
        Self { name, statement, indices: Vec::new() }
    }

    fn column(mut self, column: &mut ColumnDef) -> Self {
        self.statement.col(column);
        self
    }

    pub fn uuid(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).uuid().not_null())
    }

    pub fn maybe_uuid(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).uuid())
    }

    pub fn text(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).text().not_null())
    }

    pub fn maybe_text(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).text())
    }

    pub fn int(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).integer().not_null())
    }

    pub fn maybe_int(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).integer())
    }

    pub fn flag(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).boolean().not_null())
    }

    /// Microseconds since 1970.
    pub fn instant(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).big_integer().not_null())
    }

    pub fn maybe_instant(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).big_integer())
    }

    pub fn word(self, name: &'static str, words: &[&'static str]) -> Self {
        self.text(name).one_of(name, words)
    }

    pub fn maybe_word(self, name: &'static str, words: &[&'static str]) -> Self {
        self.maybe_text(name).one_of(name, words)
    }

    fn one_of(mut self, name: &'static str, words: &[&'static str]) -> Self {
        self.statement.check(Expr::col(name).is_in(words.iter().copied()));
        self
    }

    pub fn check(mut self, rule: &'static str) -> Self {
        self.statement.check(Expr::cust(rule));
        self
    }

    pub fn employee(self, name: &'static str) -> Self {
        self.uuid(name).refers(MUNICIPALITY, name, "employee", "employee_id")
    }

    pub fn maybe_employee(self, name: &'static str) -> Self {
        self.maybe_uuid(name).refers(MUNICIPALITY, name, "employee", "employee_id")
    }

    pub fn belongs_to(self, table: &'static str, column: &'static str) -> Self {
        let key = match table {
            "meeting" => "meeting_id",
            _ => column,
        };
        self.refers(CASE, column, table, key)
    }

    pub fn belongs_to_citizen(self) -> Self {
        self.refers(MUNICIPALITY, "citizen_id", "citizen", "citizen_id")
    }

    pub fn belongs_to_municipality(mut self) -> Self {
        self.statement
            .foreign_key(ForeignKey::create().from(self.name, "municipality_id").to("municipality", "municipality_id"));
        self
    }

    fn refers(mut self, prefix: &[&'static str], column: &'static str, table: &'static str, key: &'static str) -> Self {
        let mut reference: ForeignKeyCreateStatement = ForeignKey::create();
        reference.from_tbl(self.name).to_tbl(table);
        for part in prefix {
            reference.from_col(*part).to_col(*part);
        }
        reference.from_col(column).to_col(key);
        self.statement.foreign_key(&mut reference);
        self
    }

    pub fn index(self, columns: &[&'static str]) -> Self {
        self.add_index(MUNICIPALITY, columns, false)
    }

    pub fn case_index(self, columns: &[&'static str]) -> Self {
        self.add_index(CASE, columns, false)
    }

    pub fn unique(self, columns: &[&'static str]) -> Self {
        self.add_index(MUNICIPALITY, columns, true)
    }

    fn add_index(mut self, prefix: &[&'static str], columns: &[&'static str], unique: bool) -> Self {
        let mut index = Index::create();
        index.name(format!("{}_by_{}", self.name, columns.join("_"))).table(self.name);
        for column in prefix.iter().chain(columns) {
            index.col(*column);
        }
        if unique {
            index.unique();
        }
        self.indices.push(index);
        self
    }

    pub async fn create(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        manager.create_table(self.statement).await?;
        for index in self.indices {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
