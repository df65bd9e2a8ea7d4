//! What `view!` makes of HTML: elements that are built at once and are one and the same type, whatever they hold.
//! `docs/decisions/0008-markup.md` says why they are not Leptos' own.

use leptos::{
    ev::EventDescriptor,
    prelude::*,
    tachys::{
        html::{
            attribute::{Attribute, any_attribute::AnyAttribute},
            element::ElementType,
            node_ref::NodeRefContainer,
        },
        hydration::Cursor,
        view::{Mountable, Position, PositionState, Render, RenderHtml, add_attr::AddAnyAttr},
    },
};
pub use markup::view;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Node};

/// An element, built. One pointer, so that handing it from call to call costs nothing.
pub struct El(Box<SendWrapper<Built>>);

struct Built {
    element: Element,
    /// What has to live as long as the element: views below it, and effects that change it.
    kept: Vec<Box<dyn std::any::Any>>,
}

type Boxed<T> = Box<dyn Fn() -> T>;

impl El {
    /// An HTML element.
    pub fn new(tag: &'static str) -> Self {
        Self::of(document().create_element(tag))
    }

    /// An SVG element.
    pub fn svg(tag: &'static str) -> Self {
        Self::of(document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag))
    }

    fn of(element: Result<Element, JsValue>) -> Self {
        // The names are written in our own code; should the browser know better, a span holds the text.
        let element = element
            .unwrap_or_else(|_| document().create_element("span").unwrap_or_else(|_| JsValue::NULL.unchecked_into()));
        Self(Box::new(SendWrapper::new(Built { element, kept: Vec::new() })))
    }

    /// An attribute: as it is, or following signals.
    pub fn attr(self, name: &'static str, value: impl Value) -> Self {
        value.set(self, name)
    }

    fn attr_when(self, name: &'static str, value: Boxed<Option<String>>) -> Self {
        let element = self.0.element.clone();
        self.keep_effect(Box::new(move || write(&element, name, value().as_deref())))
    }

    /// A class that is there or not.
    pub fn class(self, name: &'static str, is_there: bool) -> Self {
        set_class(&self.0.element, name, is_there);
        self
    }

    /// A class that follows signals.
    pub fn class_when(self, name: &'static str, is_there: Boxed<bool>) -> Self {
        let element = self.0.element.clone();
        self.keep_effect(Box::new(move || set_class(&element, name, is_there())))
    }

    /// A property that follows signals.
    pub fn prop(self, name: &'static str, value: Boxed<JsValue>) -> Self {
        let element = self.0.element.clone();
        self.keep_effect(Box::new(move || drop(js_sys::Reflect::set(&element, &name.into(), &value()))))
    }

    /// Hears an event.
    pub fn on<E: EventDescriptor<EventType: JsCast>>(
        self,
        event: E,
        mut heard: impl FnMut(E::EventType) + 'static,
    ) -> Self {
        let heard: Box<dyn FnMut(web_sys::Event)> = Box::new(move |event| heard(event.unchecked_into()));
        self.listen(&event.name(), heard)
    }

    fn listen(self, event: &str, heard: Box<dyn FnMut(web_sys::Event)>) -> Self {
        // The browser lets go of it with the element.
        let heard = Closure::wrap(heard).into_js_value();
        let _ = self.0.element.add_event_listener_with_callback(event, heard.unchecked_ref());
        self
    }

    /// Tells where the element is.
    pub fn node_ref<E: ElementType>(self, place: impl NodeRefContainer<E>) -> Self {
        place.load(&self.0.element);
        self
    }

    /// Something inside.
    pub fn child(mut self, child: impl Child) -> Self {
        child.put(&mut self);
        self
    }

    fn put_view(&mut self, view: AnyView) {
        let mut state = view.build();
        state.mount(&self.0.element, None);
        self.0.kept.push(Box::new(state));
    }

    fn keep_effect(mut self, change: Box<dyn Fn()>) -> Self {
        self.0.kept.push(Box::new(RenderEffect::new(move |_| change())));
        self
    }

    fn put_text(&self, text: &str) {
        let _ = self.0.element.append_child(&document().create_text_node(text));
    }
}

fn write(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn set_class(element: &Element, name: &str, is_there: bool) {
    let _ = element.class_list().toggle_with_force(name, is_there);
}

/// What an attribute can be; `None` and `false` leave it out.
pub trait Value: Sized {
    /// As it is written.
    fn written(self) -> Option<String>;

    /// Sets it.
    fn set(self, element: El, name: &'static str) -> El {
        write(&element.0.element, name, self.written().as_deref());
        element
    }
}

impl Value for &'static str {
    fn written(self) -> Option<String> {
        Some(self.to_owned())
    }
    fn set(self, element: El, name: &'static str) -> El {
        write(&element.0.element, name, Some(self));
        element
    }
}

impl Value for String {
    fn written(self) -> Option<String> {
        Some(self)
    }
}

impl Value for bool {
    fn written(self) -> Option<String> {
        self.then(String::new)
    }
}

impl<T: Value> Value for Option<T> {
    fn written(self) -> Option<String> {
        self.and_then(Value::written)
    }
}

impl<T: Value, F: Fn() -> T + 'static> Value for F {
    fn written(self) -> Option<String> {
        self().written()
    }
    fn set(self, element: El, name: &'static str) -> El {
        element.attr_when(name, Box::new(move || self().written()))
    }
}

/// What can stand in an element.
pub trait Child: Sized {
    /// As a view.
    fn view(self) -> AnyView;

    /// Puts it in.
    fn put(self, parent: &mut El) {
        parent.put_view(self.view());
    }
}

impl Child for &'static str {
    fn view(self) -> AnyView {
        self.into_any()
    }
    fn put(self, parent: &mut El) {
        parent.put_text(self);
    }
}

impl Child for String {
    fn view(self) -> AnyView {
        self.into_any()
    }
    fn put(self, parent: &mut El) {
        parent.put_text(&self);
    }
}

impl Child for El {
    fn view(self) -> AnyView {
        self.into_any()
    }
    fn put(self, parent: &mut El) {
        let mut built = (*self.0).take();
        let _ = parent.0.element.append_child(&built.element);
        parent.0.kept.append(&mut built.kept);
    }
}

impl Child for AnyView {
    fn view(self) -> AnyView {
        self
    }
}

impl Child for () {
    fn view(self) -> AnyView {
        ().into_any()
    }
    fn put(self, _: &mut El) {}
}

impl Child for RwSignal<String> {
    fn view(self) -> AnyView {
        (move || self.get()).view()
    }
}

impl<T: Child> Child for Option<T> {
    fn view(self) -> AnyView {
        self.map_or_else(|| ().into_any(), Child::view)
    }
    fn put(self, parent: &mut El) {
        if let Some(child) = self {
            child.put(parent);
        }
    }
}

impl<T: Child> Child for Vec<T> {
    fn view(self) -> AnyView {
        self.into_iter().map(Child::view).collect::<Vec<_>>().into_any()
    }
    fn put(self, parent: &mut El) {
        for child in self {
            child.put(parent);
        }
    }
}

impl<A: Child, B: Child> Child for (A, B) {
    fn view(self) -> AnyView {
        vec![self.0.view(), self.1.view()].into_any()
    }
    fn put(self, parent: &mut El) {
        self.0.put(parent);
        self.1.put(parent);
    }
}

/// A view that follows signals. Boxed, so that what Leptos needs for it stands once in the bundle.
impl<T: Child, F: FnMut() -> T + Send + 'static> Child for F {
    fn view(mut self) -> AnyView {
        let view: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || self().view());
        view.into_any()
    }
}

/// Several views side by side.
#[derive(Default)]
pub struct Many(Vec<AnyView>);

impl Many {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more.
    pub fn and(mut self, view: impl Child) -> Self {
        self.0.push(view.view());
        self
    }

    /// All of them.
    pub fn done(self) -> Vec<AnyView> {
        self.0
    }
}

/// An element that stands in the page.
pub struct Standing(Box<SendWrapper<Built>>);

impl Mountable for Standing {
    fn unmount(&mut self) {
        self.0.element.remove();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        let _ = parent.insert_before(&self.0.element, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(parent) = self.0.element.parent_element() else { return false };
        child.mount(&parent, Some(&self.0.element));
        true
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.0.element.clone()]
    }
}

impl Render for El {
    type State = Standing;

    fn build(self) -> Standing {
        Standing(self.0)
    }

    fn rebuild(self, state: &mut Standing) {
        let mut new = self.build();
        state.insert_before_this(&mut new);
        state.unmount();
        *state = new;
    }
}

impl AddAnyAttr for El {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

/// Only in the browser, and never from a server's HTML: the rest of what Leptos asks of a view stands empty.
impl RenderHtml for El {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Standing {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
