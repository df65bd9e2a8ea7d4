//! `view!` with the syntax of Leptos. Components are handed to Leptos' own macro; HTML elements become calls of
//! `roed_traad_spa::markup::El`, which is not generic. Leptos' own elements are a type of their own for each combination of tag,
//! attributes and children, and each such type is compiled again: it was two thirds of what a phone downloads.
//! Why and how much: `docs/decisions/0008-markup.md`.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement, NodeName};
use syn::{Block, Expr, Stmt, spanned::Spanned};

/// See the crate.
#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    match rstml::parse2(tokens.into()).and_then(|nodes| all(&nodes)) {
        Ok(view) => view.into(),
        Err(error) => error.to_compile_error().into(),
    }
}

/// One node as itself, several as a list.
fn all(nodes: &[Node]) -> syn::Result<TokenStream> {
    let mut views =
        nodes.iter().filter(|node| !matches!(node, Node::Comment(_))).map(one).collect::<syn::Result<Vec<_>>>()?;
    if views.len() == 1
        && let Some(view) = views.pop()
    {
        return Ok(view);
    }
    Ok(quote! { ::roed_traad_spa::markup::Many::new() #(.and(#views))* .done() })
}

fn one(node: &Node) -> syn::Result<TokenStream> {
    match node {
        Node::Element(element) if is_component(element.name()) => component(element),
        Node::Element(element) => html(element),
        Node::Fragment(fragment) => all(&fragment.children),
        Node::Block(NodeBlock::ValidBlock(block)) => {
            Ok(inner(block).map_or_else(|| block.to_token_stream(), ToTokens::to_token_stream))
        }
        Node::Text(text) => Ok(text.value.to_token_stream()),
        other => Err(syn::Error::new(other.span(), "not understood here: write texts in quotes, and code in braces")),
    }
}

fn is_component(name: &NodeName) -> bool {
    let name = name.to_string();
    name.contains("::") || name.starts_with(|first: char| first.is_ascii_uppercase())
}

/// Leptos' own macro knows props and children; what stands between the tags is ours again. A table of routes stays as it is.
fn component(element: &NodeElement<rstml::Infallible>) -> syn::Result<TokenStream> {
    let (open, close) = (&element.open_tag, &element.close_tag);
    let inside = if element.children.is_empty() {
        TokenStream::new()
    } else if element.name().to_string().ends_with("Routes") {
        let children = &element.children;
        quote! { #(#children)* }
    } else {
        let children = all(&element.children)?;
        quote! { { #children } }
    };
    Ok(quote! { ::leptos::prelude::IntoAny::into_any(::leptos::view! { #open #inside #close }) })
}

fn html(element: &NodeElement<rstml::Infallible>) -> syn::Result<TokenStream> {
    let tag = element.name().to_string();
    let new = if matches!(tag.as_str(), "svg" | "use") { format_ident!("svg") } else { format_ident!("new") };
    let attributes = element.attributes().iter().map(attribute).collect::<syn::Result<Vec<_>>>()?;
    let children = element.children.iter().map(one).collect::<syn::Result<Vec<_>>>()?;
    Ok(quote! { ::roed_traad_spa::markup::El::#new(#tag) #(#attributes)* #(.child(#children))* })
}

/// The expression of a block that is nothing else.
fn inner(block: &Block) -> Option<&Expr> {
    match block.stmts.as_slice() {
        [Stmt::Expr(expression, None)] => Some(expression),
        _ => None,
    }
}

fn attribute(attribute: &NodeAttribute) -> syn::Result<TokenStream> {
    let NodeAttribute::Attribute(attribute) = attribute else {
        return Err(syn::Error::new(attribute.span(), "attributes have names here"));
    };
    let key = attribute.key.to_string();
    let value = value(attribute);
    let closure = matches!(value, Some(Expr::Closure(_)));
    let value = value.map_or_else(|| quote! { true }, ToTokens::to_token_stream);
    Ok(match key.split_once(':') {
        Some(("on", event)) => {
            let event = format_ident!("{event}");
            quote! { .on(::leptos::ev::#event, #value) }
        }
        Some(("class", name)) if closure => quote! { .class_when(#name, ::std::boxed::Box::new(#value)) },
        Some(("class", name)) => quote! { .class(#name, #value) },
        Some(("prop", name)) if closure => {
            quote! { .prop(#name, { let value = #value; ::std::boxed::Box::new(move || ::wasm_bindgen::JsValue::from(value())) }) }
        }
        Some(("prop", name)) => {
            quote! { .prop(#name, { let value = #value; ::std::boxed::Box::new(move || ::wasm_bindgen::JsValue::from(::leptos::prelude::Get::get(&value))) }) }
        }
        Some(_) => return Err(syn::Error::new(attribute.key.span(), "only on:, class: and prop: are known here")),
        None if key == "node_ref" => quote! { .node_ref(#value) },
        None => quote! { .attr(#key, #value) },
    })
}

fn value(attribute: &KeyedAttribute) -> Option<&Expr> {
    match attribute.value() {
        Some(Expr::Block(block)) if block.label.is_none() && block.attrs.is_empty() => inner(&block.block),
        value => value,
    }
}
