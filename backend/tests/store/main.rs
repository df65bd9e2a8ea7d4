//! What the data must hold, the same on both databases. The PostgreSQL half needs a server: `ROED_TRAAD_TEST_POSTGRES`
//! is its address, and each test makes a database of its own there. Without it those tests fail; leave them out by name
//! (`cargo test --test store on_sqlite`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test, that is how to fail")]

#[path = "../support/described.rs"]
mod described;
#[path = "../support/made.rs"]
mod made;
#[path = "../support/town.rs"]
mod town;
#[path = "../support/words.rs"]
mod words;

mod audit;
mod cases;
mod deletion;
mod files;
mod groups;
mod look_delay;
mod postgres;
mod pragmas;
mod queries;
mod rates;
mod register;
mod schema;
mod staff;
mod writes;

use sea_orm::ConnectionTrait as _;
use town::Town;

async fn postgres() -> Town {
    let server = std::env::var("ROED_TRAAD_TEST_POSTGRES")
        .expect("ROED_TRAAD_TEST_POSTGRES is not set: `cargo xtask test` starts a server and sets it");
    let name = format!("test_{}", uuid::Uuid::now_v7().simple());
    let admin = sea_orm::Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    let (address, _) = server.rsplit_once('/').unwrap();
    Town::at(&format!("{address}/{name}"), tempfile::tempdir().unwrap()).await
}

macro_rules! on_both {
    ($($module:ident::$name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                crate::$module::$name(crate::town::Town::new().await).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                crate::$module::$name(crate::postgres().await).await;
            })*
        }
    };
}

on_both! {
    audit::rows_are_a_chain_also_when_many_look_at_once,
    audit::whatever_is_tampered_with_is_found,
    audit::the_database_itself_refuses_to_change_a_row,
    audit::old_rows_go_behind_a_checkpoint_and_the_chain_holds,
    audit::the_end_of_a_chain_is_moved_along_its_rows_only,
    audit::rows_go_behind_a_genuine_checkpoint_only,
    audit::a_log_that_drops_its_rows_gives_no_answer,
    audit::without_a_row_there_is_no_answer,
    audit::answers_without_a_row_are_counted,
    audit::who_gave_up_waiting_hides_no_answer_without_a_row,
    audit::of_instances_that_sign_at_once_one_signs,
    audit::what_was_searched_for_is_written_and_sealed,
    files::an_import_of_an_export_is_the_same,
    files::what_a_file_says_of_an_employee_is_written_down,
    files::a_file_with_a_fault_leaves_nothing,
    groups::an_employees_look_is_of_one_moment,
    register::only_a_key_that_is_set_comes_in_and_only_for_what_it_is_for,
    register::the_same_again_changes_nothing_and_a_new_contact_person_is_in_at_once,
    register::the_citizen_sees_that_another_system_wrote_and_the_audit_says_which,
    register::what_does_not_hang_together_is_refused_at_its_place_and_nothing_is_written,
    register::of_somebody_whose_key_is_deleted_nothing_is_written,
    register::a_system_that_asks_too_often_is_told_when_to_come_back,
    register::whom_only_the_login_knows_gets_their_case_and_nobody_gets_anothers,
    register::what_is_left_out_stays_and_what_is_nobody_goes,
    register::a_system_gives_nobody_a_role_and_brings_nobody_back,
    rates::what_several_instances_count_adds_up,
    writes::one_bad_write_harms_no_other,
    writes::what_was_answered_is_there,
    writes::the_same_request_many_times_at_once_is_done_once,
    writes::of_two_who_write_at_once_one_is_told,
    writes::an_audit_row_is_there_with_what_it_tells_of_or_not_at_all,
    writes::what_a_row_names_must_exist,
    writes::a_receipts_number_is_unique_in_the_municipality,
    writes::a_meetings_id_elsewhere_is_unique_in_the_case,
    writes::tables_that_are_there_are_left_alone,
    writes::another_municipalitys_rows_are_other_rows,
    cases::any_text_comes_back_as_it_was_written,
    cases::sending_is_all_or_none,
    cases::history_comes_in_pages_and_misses_nothing,
    cases::a_plan_is_made_by_both_sides,
    cases::a_visit_is_kept_on_the_server,
    deletion::what_is_old_goes_in_batches_and_the_citizen_is_told,
    deletion::the_operator_says_how_long_things_are_kept,
    look_delay::delayed_looks_are_told_when_the_last_day_is_over,
    look_delay::a_delay_is_prolonged_and_ended,
    look_delay::who_is_in_the_plan_may_delay_looks_with_a_reason_and_an_end,
    staff::a_meeting_goes_from_arranged_to_shared,
    staff::of_many_who_change_a_meeting_at_once_one_does,
    staff::a_caseload_and_a_brief_show_what_waits,
    staff::what_was_opened_keeps_its_first_time,
    staff::people_come_in_the_order_of_the_danish_alphabet,
}
